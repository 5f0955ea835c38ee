using Microsoft.Extensions.DependencyInjection;

namespace ProDev.Jobs.Snippets;

#region snippet: jobs-rate
[Job("bank.transfer", RateLimit = "100/m")]            // one every 0.6 s, over all workers; RateBurst allows more at once after a rest
public sealed class Transfer : IJob<Transfer.Args>
#endregion
{
    public sealed record Args(int Customer);

    public Task RunAsync(Args args, JobContext context, CancellationToken cancellationToken) => Task.CompletedTask;
}

public sealed class LimitSnippets
{
    [Fact]
    public async Task JobsAreLimitedAsTheReadmeSays()
    {
        var services = new ServiceCollection();
        services.AddProDevJobs().UseInMemory().AddJobsFromThisAssembly();
        await using ServiceProvider provider = services.BuildServiceProvider();
        IJobClient jobs = provider.GetRequiredService<IJobClient>();
        int customer = 7;
        CancellationToken ct = default;

        #region snippet: jobs-limits
        await jobs.EnqueueAsync(new Transfer.Args(customer), o =>
        {
            o.Group = new JobGroup($"customer-{customer}", limit: 2);      // two of this customer's jobs at the same time, whatever their names
            o.RateKey = $"bank/{customer}";                                // and a bucket of this customer's own
        }, ct);
        #endregion

        Assert.Equal(1, (await jobs.CountAsync(ct)).Queued);
    }
}
