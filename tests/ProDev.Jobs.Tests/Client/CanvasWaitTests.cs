using Microsoft.Extensions.DependencyInjection;
using ProDev.Jobs.Conformance;

namespace ProDev.Jobs.Tests;

/// <summary>Waiting for a large canvas.</summary>
public sealed class CanvasWaitTests : HostedTests
{
    private int _looks;
    private int _finds;

    protected override void UseProvider(IProDevJobsBuilder builder) => builder.UseInMemory();

    [Fact]
    public async Task ALookAsksForFewJobs_WhenManyHaveNotEnded()
    {
        await StartPausedAsync();
        CanvasHandle handle = await Client.EnqueueCanvasAsync(Canvas.Map(Enumerable.Range(0, 500).Select(i => new AddJob.Args(i, 1))));
        Task<int[]> result = handle.ResultAsync<int[]>();

        await UntilAsync(async () =>
        {
            await WakeAsync();
            return Volatile.Read(ref _looks) >= 5;
        });

        Assert.True(Volatile.Read(ref _finds) <= 2 * CanvasWatch.Misses * Volatile.Read(ref _looks), $"{_looks} looks asked for {_finds} jobs.");
        await Client.ResumeAsync("default");
        Assert.Equal(Enumerable.Range(1, 500), await result.WaitAsync(Hang));
    }

    [Fact]
    public async Task AFailureIsLearntOf_WhenTheJobsBeforeItHaveNotEnded()
    {
        Script.Body = static (_, _, _) => throw new JobGivenUpException("no");
        await StartPausedAsync();
        JobCanvas broken = Canvas.Job(new ScriptedJob.Args("a"), static o => o.Queue = "other");
        CanvasHandle handle = await Client.EnqueueCanvasAsync(
            Canvas.Group([.. Enumerable.Range(0, 100).Select(i => Canvas.Job(new AddJob.Args(i, 1))), broken]));
        Task<int[]> result = handle.ResultAsync<int[]>();

        await UntilAsync(async () =>
        {
            await WakeAsync();
            return result.IsCompleted;
        });

        JobFailedException failed = await Assert.ThrowsAsync<JobFailedException>(() => result);
        Assert.Equal(handle.JobIds[^1], failed.Job!.Id);
    }

    private async Task StartPausedAsync()
    {
        await StartAsync(static o => o.Queues = ["default", "other"]);
        await Client.PauseAsync("default");
        Store.Before = operation =>
        {
            if (operation == nameof(IJobStore.WaitForEndAsync))
                Interlocked.Increment(ref _looks);
            else if (operation == nameof(IJobStore.FindAsync))
                Interlocked.Increment(ref _finds);
        };
    }

    // Another job ends, which wakes whoever waits.
    private async Task WakeAsync() => await Client.RevokeAsync((await Client.EnqueueAsync(new AddJob.Args(0, 0))).Id);
}
