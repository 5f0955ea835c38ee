namespace ProDev.Jobs.Broker.Tests;

/// <summary>Lost confirms, doubled deliveries, cut connections and hanging workers do not show above the composition.</summary>
public sealed class FaultyBrokerTests : ProcessTests
{
    [Fact]
    public async Task EachJobRunsOnce_WhenEveryDeliveryIsDoubled()
    {
        Broker.DoubleDeliveries(500);
        WorkerProcess process = await StartAsync();

        CanvasHandle chord = await process.Client.EnqueueCanvasAsync(Canvas.Chord([Member(1), Member(2), Member(3)], Canvas.Job<SumJob>()));
        Assert.Equal(6, await chord.ResultAsync<int>().WaitAsync(Hang));
        Broker.DoubleDeliveries(0);

        await UntilAllIsDoneAsync(4);
        Assert.Equal(4, Ledger.Runs.Count);
    }

    [Fact]
    public async Task CallbackRunsOnce_WhenTheConfirmOfItsMessageIsLost()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Ledger.Member = (_, _) => release.Task;
        WorkerProcess process = await StartAsync();
        CanvasHandle chord = await process.Client.EnqueueCanvasAsync(Canvas.Chord([Member(1), Member(2)], Canvas.Job<SumJob>()));
        await UntilAsync(() => Task.FromResult(Ledger.Runs.Count == 2));

        Broker.LoseConfirms(1);
        release.SetResult();

        await UntilAllIsDoneAsync(3);
        Assert.Equal(3, await process.Client.ResultAsync<int>(chord.JobIds[2]).WaitAsync(Hang));
        Assert.Equal(1, Ledger.CountRuns("broker.sum"));
    }

    [Fact]
    public async Task JobRunsOnce_WhenItsConfirmIsLostAndItIsEnqueuedAgain()
    {
        WorkerProcess process = await StartAsync(hasWorker: false);
        Broker.LoseConfirms(1);
        await Assert.ThrowsAsync<JobStoreException>(() => process.Client.EnqueueAsync(new MemberJob.Args(1), o => o.IdempotencyKey = "once"));

        JobHandle again = await process.Client.EnqueueAsync(new MemberJob.Args(1), o => o.IdempotencyKey = "once");

        Assert.True(again.AlreadyExisted);
        await StartAsync();
        await UntilAllIsDoneAsync(1);
        Assert.Single(Ledger.Runs);
    }

    [Fact]
    public async Task JobRunsOnce_WhenItsFirstEnqueuerDiedBeforeItWasPublished()
    {
        WorkerProcess doomed = await StartAsync(hasWorker: false, arm: f => f.ArmAt("before publish"));
        await Assert.ThrowsAsync<JobStoreException>(() => doomed.Client.EnqueueAsync(new MemberJob.Args(1), o => o.IdempotencyKey = "once"));
        Assert.Equal(0, Broker.CountAll());

        WorkerProcess process = await StartAsync();
        await process.Client.EnqueueAsync(new MemberJob.Args(1), o => o.IdempotencyKey = "once");

        await UntilAllIsDoneAsync(1);
        Assert.Single(Ledger.Runs);
    }

    [Fact]
    public async Task PlanIsDone_WhereverTheConnectionIsCut()
    {
        int cut = 0;
        for (bool wasCut = true; wasCut; await RenewAsync())
        {
            cut++;
            WorkerProcess client = await StartAsync(hasWorker: false);
            CanvasHandle plan = await client.Client.EnqueueCanvasAsync(Canvas.Chord([Member(1), Member(2)], Canvas.Job<SumJob>()).Then(Canvas.Job<DoubleJob>()));
            Broker.CutAt(Broker.Operations + cut);
            await StartAsync();

            await UntilAllIsDoneAsync(4, $"Cut at operation {cut}.");
            Assert.Equal(6, await client.Client.ResultAsync<int>(plan.JobIds[^1]).WaitAsync(Hang));
            Assert.Equal(4, Ledger.Runs.Count);
            wasCut = Broker.WasCut;
        }

        Assert.True(cut > 5, $"Only {cut} places were tried.");
    }

    [Fact]
    public async Task JobRunsOnce_WhenItsConnectionIsCutWhileItRuns()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Ledger.Member = (_, _) => release.Task;
        WorkerProcess first = await StartAsync();
        await first.Client.EnqueueAsync(new MemberJob.Args(1));
        await UntilAsync(() => Task.FromResult(Ledger.Runs.Count == 1));
        await StartAsync();

        first.Fuse.Cut();

        // Longer than its lease, with a look at the message that was delivered again to whoever may have it.
        DateTimeOffset end = Time.GetUtcNow().AddSeconds(100);
        await UntilAsync(() => Task.FromResult(Time.GetUtcNow() >= end), TimeSpan.FromSeconds(1));
        Assert.Equal(1, Broker.CountAll());
        release.SetResult();

        await UntilAllIsDoneAsync(1);
        Assert.Single(Ledger.Runs);
    }

    [Fact]
    public async Task JobRunsElsewhere_WhenItsWorkerHangsAndItsConnectionLives()
    {
        WorkerProcess client = await StartAsync(hasWorker: false);
        await using var hanging = new ComposedJobStore(Broker, new Conformance.ObservedStore(Shared) { IsShared = true }, Time, window: 1);
        await client.Client.EnqueueAsync(new MemberJob.Args(1));
        IReadOnlyList<LeasedJob> held = await hanging.FetchAsync(
            new FetchRequest { Queues = ["default"], Maximum = 1, Lease = TimeSpan.FromSeconds(30), Worker = "hanging" }, default);
        Assert.Single(held);
        await StartAsync();

        await UntilAsync(async () => (await Shared.CountAsync(default)).Succeeded == 1, TimeSpan.FromSeconds(1));

        Assert.Equal(2, Assert.Single(Ledger.Runs).Attempt);
        Assert.Equal([false], await hanging.CompleteAsync([held[0].Lease], default));
        await hanging.StopFetchingAsync("hanging", default);
        await UntilAllIsDoneAsync(1);
    }

    [Fact]
    public async Task DeadLetterIsReplayedOnce_WhenItsReplayerDiesBetweenTheBellAndTheStore()
    {
        Ledger.Member = static (_, _) => throw new JobGivenUpException("no");
        WorkerProcess process = await StartAsync();
        JobHandle job = await process.Client.EnqueueAsync(new MemberJob.Args(1));
        await UntilAsync(async () => (await Shared.CountAsync(default)).DeadLettered == 1 && Broker.CountAll() == 0);
        await process.StopAsync();
        WorkerProcess doomed = await StartAsync(hasWorker: false, arm: f => f.ArmAt("after publish"));

        await Assert.ThrowsAsync<JobStoreException>(() => doomed.Client.ReplayAsync(job.Id));
        Assert.Equal(1, (await Shared.CountAsync(default)).DeadLettered);
        Ledger.Member = static (_, _) => Task.CompletedTask;
        await StartAsync();

        await UntilAllIsDoneAsync(1);
        Assert.Equal(2, Ledger.Runs.Count);
    }

    [Fact]
    public async Task UnfetchedJobsGoToOthers_WhenTheWorkerStops()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Ledger.Member = (_, _) => release.Task;
        WorkerProcess first = await StartAsync(concurrency: 1);
        await first.Client.EnqueueManyAsync(Enumerable.Range(0, 5).Select(static i => new MemberJob.Args(i)));
        await UntilAsync(() => Task.FromResult(Ledger.Runs.Count == 1));
        Assert.Empty(Broker.Peek("default"));

        Task stopping = first.StopAsync();
        await UntilAsync(() => Task.FromResult(Broker.Peek("default").Count == 4));
        release.SetResult();
        await stopping.WaitAsync(Hang);

        // The first process lives on, as one that still enqueues does.
        await StartAsync();
        await UntilAllIsDoneAsync(5);
        Assert.All(Ledger.Runs, static r => Assert.Equal(1, r.Attempt));
    }

    private static JobCanvas Member(int number) => Canvas.Job(new MemberJob.Args(number));
}
