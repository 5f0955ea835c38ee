using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ProDev.Jobs.Tests;

namespace ProDev.Jobs.Snippets;

[Job("mail.digest")]
public sealed class SendDigest : IJob<SendDigest.Args>
{
    public sealed record Args(string List = "all");

    public Task RunAsync(Args args, JobContext context, CancellationToken cancellationToken) => Task.CompletedTask;
}

[Job("stock.sync")]
public sealed class SyncStock : IJob<SyncStock.Args>
{
    public sealed record Args;

    public Task RunAsync(Args args, JobContext context, CancellationToken cancellationToken) => Task.CompletedTask;
}

public sealed class ScheduleSnippets
{
    [Fact]
    public async Task SchedulesAreKeptAsTheReadmeSays()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddSingleton<IPayments>(new NoPayments()).AddScoped<ScopeProbe>().AddSingleton<Runs>();

        #region snippet: jobs-schedules
        builder.Services.AddProDevJobs()
            .AddJobsFromThisAssembly()
            .AddSchedules(s => s
                .Cron("digest", "0 9 * * 1-5", new SendDigest.Args(), o =>
                {
                    o.TimeZone = "Europe/Berlin";
                    o.Overlap = ScheduleOverlap.Skip;         // or Queue, Replace
                    o.CatchUp = ScheduleCatchUp.Last;         // or None, All
                })
                .Every("sync", TimeSpan.FromMinutes(5), new SyncStock.Args()))
            .AddWorker();
        #endregion

        using IHost host = builder.Build();
        await host.StartAsync();
        IJobSchedules schedules = host.Services.GetRequiredService<IJobSchedules>();
        CancellationToken ct = default;

        #region snippet: jobs-schedules-edit
        await schedules.PutAsync(s => s.Cron("digest", "30 8 * * *", new SendDigest.Args("staff")), ct);
        await schedules.PauseAsync("sync", ct);                            // ResumeAsync, RemoveAsync, RetimeAsync, FindAsync, ListAsync
        JobHandle? now = await schedules.TriggerNowAsync("digest", ct);    // its next time does not change
        #endregion

        Assert.NotNull(now);
        Assert.Equal(["30 8 * * *", null], (await schedules.ListAsync(ct)).Select(s => s.Cron));
        await host.StopAsync(ct);
    }

    private sealed class NoPayments : IPayments
    {
        public Task ChargeAsync(Guid order, string idempotencyKey, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
