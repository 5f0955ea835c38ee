using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ProDev.Jobs.Conformance;

namespace ProDev.Jobs.Tests;

/// <summary>What becomes of jobs that a worker has claimed and not started.</summary>
public sealed class WaitingJobsTests
{
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
