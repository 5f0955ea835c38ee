using Microsoft.Extensions.DependencyInjection;
using ProDev.Jobs.Tests;

namespace ProDev.Jobs.Snippets;

#region snippet: jobs-unique
[Job("crm.sync"), JobUnique(nameof(Args.Customer), OnConflict = JobConflict.Replace)]
public sealed class SyncCustomer(ICrm crm) : IJob<SyncCustomer.Args>
{
    public sealed record Args(int Customer, string Reason);

    public Task RunAsync(Args args, JobContext context, CancellationToken cancellationToken) => crm.SyncAsync(args.Customer, cancellationToken);
}
#endregion

public interface ICrm
{
    Task SyncAsync(int customer, CancellationToken cancellationToken);
}

public sealed class UniqueSnippets
{
    [Fact]
    public async Task JobsAreUniqueAsTheReadmeSays()
    {
        var services = new ServiceCollection();
        services.AddScoped<ScopeProbe>().AddSingleton<Runs>().AddProDevJobs().AddJobsFromThisAssembly();
        await using ServiceProvider provider = services.BuildServiceProvider();
        IJobClient jobs = provider.GetRequiredService<IJobClient>();
        int customer = 7;
        CancellationToken ct = default;
        await jobs.EnqueueAsync(new SyncCustomer.Args(customer, "created"), o => o.Delay = TimeSpan.FromSeconds(10), ct);
        JobHandle before = await jobs.EnqueueAsync(new ImportRows.Args("rows.csv"), cancellationToken: ct);

        #region snippet: jobs-unique-enqueue
        JobHandle sync = await jobs.EnqueueAsync(new SyncCustomer.Args(customer, "moved"), o => o.Delay = TimeSpan.FromSeconds(10), ct);
        bool isDebounced = sync.Outcome == EnqueueOutcome.Replaced;       // one waited: it is this one now, under its old id

        JobHandle import = await jobs.EnqueueAsync(
            new ImportRows.Args("rows.csv"),
            o => o.Unique = JobUniqueness.ByArguments() with { Period = TimeSpan.FromHours(1), States = JobUniqueStates.All }, ct);
        #endregion

        Assert.True(isDebounced);
        Assert.Equal((false, EnqueueOutcome.Enqueued), (import.AlreadyExisted, import.Outcome));
        Assert.NotEqual(before.Id, import.Id);
    }
}
