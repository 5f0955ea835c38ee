namespace ProDev.Jobs.Broker.Tests;

/// <summary>
/// A worker dies on its way from the end of a chord's last member to the callback. The steps are: record (the end, the contribution and what follows, in one
/// change of the store), publish what follows, acknowledge.
/// </summary>
public sealed class ChordCrashTests : ProcessTests
{
    [Theory]
    [InlineData("before CompleteAsync", 2)] // Nothing is recorded: the member runs again.
    [InlineData("after CompleteAsync", 1)] // Recorded and not published.
    [InlineData("before publish", 1)]
    [InlineData("after publish", 1)] // Published and not confirmed.
    [InlineData("before ack", 1)] // Confirmed and not acknowledged.
    [InlineData("after ack", 1)]
    public async Task CallbackRunsOnce_WhereverTheWorkerOfTheLastMemberDies(string place, int runsOfTheLast)
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Ledger.Member = (number, _) => number == 3 ? release.Task : Task.CompletedTask;
        WorkerProcess doomed = await StartAsync();
        CanvasHandle chord = await doomed.Client.EnqueueCanvasAsync(
            Canvas.Chord([Member(1), Member(2), Member(3)], Canvas.Job<SumJob>()));
        await UntilAsync(async () => (await Shared.CountAsync(default)).Succeeded == 2 && Ledger.CountRuns("broker.member") == 3);
        await UntilAsync(() => Task.FromResult(Broker.CountAll() == 1));

        doomed.Fuse.ArmAt(place);
        release.SetResult();
        await UntilAsync(() => Task.FromResult(doomed.Fuse.IsBlown));
        WorkerProcess heir = await StartAsync();

        await UntilAllIsDoneAsync(4, place);
        Assert.Equal(6, await heir.Client.ResultAsync<int>(chord.JobIds[3]).WaitAsync(Hang));
        Assert.Equal(1, Ledger.CountRuns("broker.sum"));
        Assert.Equal(2 + runsOfTheLast, Ledger.CountRuns("broker.member"));
    }

    [Fact]
    public async Task NothingIsLostOrDoneTwice_WhereverTheProcessDies()
    {
        int places = 0;
        for (bool hasDied = true; hasDied; await RenewAsync())
        {
            places++;
            WorkerProcess client = await StartAsync(hasWorker: false);
            CanvasHandle plan = await client.Client.EnqueueCanvasAsync(Canvas.Chain(
                Canvas.Group(Member(1), Canvas.Group(Member(2), Member(3)).Then(Canvas.Job<SumJob>())),
                Canvas.Job<SumJob>().OnSuccess(Canvas.Job<DoubleJob>()),
                Canvas.Job<DoubleJob>()));
            WorkerProcess doomed = await StartAsync(arm: f => f.ArmAt(places));
            await UntilAsync(
                async () => doomed.Fuse.IsBlown || await Shared.CountAsync(default) == new JobCounts { Succeeded = 7 }, TimeSpan.FromMilliseconds(100));
            hasDied = doomed.Fuse.IsBlown;
            await StartAsync();

            await UntilAllIsDoneAsync(7, $"It died at place {places}.");
            Assert.Equal(12, await client.Client.ResultAsync<int>(plan.JobIds[^1]).WaitAsync(Hang));

            // A run that was cut off may be repeated, by the heir; no job begins a third time, and none after it has ended.
            Assert.InRange(Ledger.Runs.Count, 7, 9);
        }

        Assert.True(places > 40, $"Only {places} places were tried.");
    }

    private static JobCanvas Member(int number) => Canvas.Job(new MemberJob.Args(number));
}
