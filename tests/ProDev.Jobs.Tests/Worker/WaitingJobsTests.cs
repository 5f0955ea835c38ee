using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ProDev.Jobs.Conformance;

namespace ProDev.Jobs.Tests;

/// <summary>What becomes of jobs that a worker has claimed and not started, and of a worker whose store does not answer when it stops.</summary>
public sealed class WaitingJobsTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    private readonly TaskCompletionSource _mayEnd = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task TheyGoBackAtOnce_WhenTheWorkerStopsWhileAllOthersRun()
    {
        await using JobHost host = await CreateAsync(o => o.Prefetch = 1);
        Guid first = await host.EnqueueAsync();
        Guid second = await host.EnqueueAsync();
        await host.StartAsync();
        await host.UntilAsync(second, JobState.Running);

        Task stop = host.Worker.StopAsync(CancellationToken.None);

        JobInfo back = await host.UntilAsync(second, JobState.Queued);
        Assert.Equal(0, back.Attempt);
        Assert.False(stop.IsCompleted);
        _mayEnd.SetResult();
        await stop.WaitAsync(JobHost.Hang);
        Assert.Equal(JobState.Succeeded, await host.Store.StateAsync(first));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task TheyGoBackAfterASecond_WhenTheWorkerWaitsLongForMoreWork(bool storeFails)
    {
        var hour = TimeSpan.FromHours(1);
        await using JobHost host = await CreateAsync(o => (o.Concurrency, o.PollInterval, o.Lease) = (2, hour, hour));
        for (int i = 0; i < 2; i++)
            await host.EnqueueAsync();
        Guid third = await host.EnqueueAsync();
        int fetches = 0;
        ((ObservedStore)host.Store).Before = operation =>
        {
            if (storeFails && operation == nameof(IJobStore.FetchAsync) && Interlocked.Increment(ref fetches) > 1)
                throw new JobStoreException("The store is away.");
        };
        await host.StartAsync();
        await host.UntilAsync(third, JobState.Running);

        JobInfo back = await host.UntilAsync(third, JobState.Queued, advance: Step);

        Assert.Equal(0, back.Attempt);
        _mayEnd.SetResult();
    }

    [Fact]
    public async Task WorkerStopsAndSaysSo_WhenTheStoreIsNotToldThatItFetchesNoMore()
    {
        await using JobHost host = await CreateAsync(_ => { });
        ((ObservedStore)host.Store).WhileStopping = new TaskCompletionSource().Task;
        _mayEnd.SetResult();
        Guid id = await host.EnqueueAsync();
        await host.StartAsync();
        await host.UntilAsync(id, JobState.Succeeded);

        Task stop = host.Worker.StopAsync(CancellationToken.None);

        await host.UntilAsync(() => Task.FromResult(stop.IsCompleted), advance: Step);
        await stop;
        Assert.Contains(host.Logs.Entries, e => e.Text.StartsWith("The job store could not be told that worker", StringComparison.Ordinal));
    }

    private async Task<JobHost> CreateAsync(Action<WorkerOptions> worker)
    {
        JobHost host = await JobHost.CreateAsync(
            configure: jobs => jobs.Services.Replace(ServiceDescriptor.Singleton<IJobStore>(
                services => new ObservedStore(MemoryStores.Create(services.GetRequiredService<TimeProvider>())))),
            worker: worker,
            start: false);
        host.Body = (_, _) => _mayEnd.Task;
        return host;
    }
}
