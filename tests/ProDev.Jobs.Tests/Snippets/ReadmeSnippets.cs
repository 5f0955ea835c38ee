using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ProDev.Jobs.Tests;

namespace ProDev.Jobs.Snippets;

public interface IPayments
{
    Task ChargeAsync(Guid order, string idempotencyKey, CancellationToken cancellationToken);
}

#region snippet: jobs-declare
[Job("orders.charge", Queue = "payments", MaxAttempts = 8)]
public sealed class ChargeOrder(IPayments payments) : IJob<ChargeOrder.Args>
{
    public sealed record Args(Guid OrderId);

    public Task RunAsync(Args args, JobContext context, CancellationToken cancellationToken)
        => payments.ChargeAsync(args.OrderId, context.Id.ToString(), cancellationToken);
}
#endregion

#region snippet: jobs-aot
[JsonSerializable(typeof(ChargeOrder.Args))]
public sealed partial class JobArguments : JsonSerializerContext;
#endregion

public sealed class ReadmeSnippets
{
    [Fact]
    public async Task JobRunsAsTheReadmeSays()
    {
        var payments = new FailingOnce();
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddSingleton<IPayments>(payments).AddScoped<ScopeProbe>().AddSingleton<Runs>();

        #region snippet: jobs-register
        builder.Services.AddProDevJobs()
            .UseInMemory()                   // or UseSqlite("jobs.db"), UsePostgreSql(connectionString)
            .AddJobsFromThisAssembly()       // generated from [Job]
            .AddWorker(worker => worker.Concurrency = 8);
        #endregion

        #region snippet: jobs-aot-register
        builder.Services.AddProDevJobs(options => options.SerializerOptions.TypeInfoResolver = JobArguments.Default);
        #endregion

        builder.Services.Configure<JobsOptions>(o => o.Backoff.BaseDelay = TimeSpan.Zero);
        using IHost host = builder.Build();
        await host.StartAsync();
        var order = new { Id = Guid.NewGuid() };
        IJobClient jobs = host.Services.GetRequiredService<IJobClient>();
        CancellationToken ct = default;

        #region snippet: jobs-enqueue
        JobHandle handle = await jobs.EnqueueAsync(new ChargeOrder.Args(order.Id), o => o.IdempotencyKey = $"order-{order.Id}", ct);
        #endregion

        while ((await jobs.FindAsync(handle.Id, ct))!.State != JobState.Succeeded)
            await Task.Delay(1, ct);
        Assert.Equal(2, payments.Calls);

        #region snippet: jobs-dead
        foreach (JobInfo dead in await jobs.ListDeadLettersAsync(new DeadLetterQuery { Name = "orders.charge" }, ct))
            await jobs.ReplayAsync(dead.Id, ct);      // or DiscardAsync; dead.DeadLetterReason and dead.Error say why
        #endregion

        await host.StopAsync(ct);
    }

    private sealed class FailingOnce : IPayments
    {
        public int Calls { get; private set; }

        public Task ChargeAsync(Guid order, string idempotencyKey, CancellationToken cancellationToken)
            => ++Calls == 1 ? throw new TimeoutException("The bank is asleep.") : Task.CompletedTask;
    }
}
