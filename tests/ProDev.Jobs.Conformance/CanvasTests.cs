namespace ProDev.Jobs.Conformance;

/// <summary>Plans of jobs, end to end on a real store.</summary>
public abstract class CanvasTests : HostedTests
{
    private static readonly int[] OneTwoThree = [1, 2, 3];

    [Fact]
    public async Task HandleGivesTheResult_WhenTheJobReturnsSomething()
    {
        await StartAsync();

        JobHandle<int> handle = await Client.EnqueueAsync<AddJob, AddJob.Args, int>(new AddJob.Args(2, 3));

        Assert.Equal(5, await handle.ResultAsync().WaitAsync(Hang));
    }

    [Fact]
    public async Task WaitingForAResultFailsClearly_WhenTheJobLeavesNone()
    {
        await StartAsync();
        JobHandle silent = await Client.EnqueueAsync(new ScriptedJob.Args("a"));
        JobHandle<int> ignored = await Client.EnqueueAsync<AddJob, AddJob.Args, int>(new AddJob.Args(2, 3), o => o.IgnoreResult = true);

        Assert.Equal(JobState.Succeeded, (await silent.WaitAsync().WaitAsync(Hang)).State);
        InvalidOperationException first = await Assert.ThrowsAsync<InvalidOperationException>(() => silent.ResultAsync<int>().WaitAsync(Hang));
        InvalidOperationException second = await Assert.ThrowsAsync<InvalidOperationException>(() => ignored.ResultAsync().WaitAsync(Hang));

        Assert.Contains("left no result", first.Message, StringComparison.Ordinal);
        Assert.Contains("IgnoreResult", second.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EachStepGetsTheResultBefore_WhenTheyAreChained()
    {
        await StartAsync();

        CanvasHandle handle = await Client.EnqueueCanvasAsync(
            Canvas.Chain(Canvas.Job(new AddJob.Args(1, 2)), Canvas.Job<DoubleJob>(), Canvas.Job<DoubleJob>()));

        Assert.Equal(12, await handle.ResultAsync<int>().WaitAsync(Hang));
        JobInfo last = (await Client.FindAsync(handle.JobIds[2]))!;
        Assert.Equal("canvas.double", last.Name);
    }

    [Fact]
    public async Task CallbackGetsAllResultsInOrder_WhenAGroupIsDone()
    {
        await StartAsync();

        CanvasHandle handle = await Client.EnqueueCanvasAsync(
            Canvas.Chord(OneTwoThree.Select(i => Canvas.Job(new AddJob.Args(i, 10))), Canvas.Job<JoinJob>()));

        Assert.Equal("11 12 13", await handle.ResultAsync<string>().WaitAsync(Hang));
    }

    [Fact]
    public async Task ResultIsNestedLikeThePlan_WhenGroupsAndChainsAreNested()
    {
        await StartAsync();
        Canvas inner = Canvas.Chord([Canvas.Job(new AddJob.Args(1, 1)), Canvas.Job(new AddJob.Args(2, 2))], Canvas.Job<SumJob>());

        CanvasHandle handle = await Client.EnqueueCanvasAsync(
            Canvas.Group(
                inner.Then(Canvas.Job<DoubleJob>()),
                Canvas.Group(inner, Canvas.Job(new AddJob.Args(0, 9)))).Then(Canvas.Job<NestedSumJob>()));

        // (2 + 4) * 2, and a list of 2 + 4 and 9: the plan is used twice and makes jobs of its own each time.
        Assert.Equal("12,[6,9]", await handle.ResultAsync<string>().WaitAsync(Hang));
        Assert.Equal(9, handle.JobIds.Distinct().Count());
    }

    [Fact]
    public async Task ResultsComeAsAList_WhenAGroupEndsThePlan()
    {
        await StartAsync();

        CanvasHandle handle = await Client.EnqueueCanvasAsync(Canvas.Map([new AddJob.Args(1, 1), new AddJob.Args(2, 2)]));

        int[] expected = [2, 4];
        Assert.Equal(expected, await handle.ResultAsync<int[]>().WaitAsync(Hang));
    }

    [Fact]
    public async Task CallbackStartsWithAnEmptyList_WhenTheGroupIsEmpty()
    {
        await StartAsync();

        CanvasHandle handle = await Client.EnqueueCanvasAsync(Canvas.Chord([], Canvas.Job<JoinJob>()));

        Assert.Equal("", await handle.ResultAsync<string>().WaitAsync(Hang));
    }

    [Fact]
    public async Task ChordClosesOnce_WhenItsDeadMemberIsReplayed()
    {
        bool isBroken = true;
        Script.Body = (_, _, _) => isBroken ? throw new JobGivenUpException("broken") : Task.CompletedTask;
        await StartAsync();
        CanvasHandle handle = await Client.EnqueueCanvasAsync(
            Canvas.Group(Canvas.Job(new AddJob.Args(1, 1)), Canvas.Job(new ScriptedJob.Args("a")).Then(Canvas.Job(new AddJob.Args(3, 4)))).Then(Canvas.Job<JoinJob>()));
        JobFailedException failed = await Assert.ThrowsAsync<JobFailedException>(() => handle.ResultAsync<string>().WaitAsync(Hang));
        Assert.Contains("broken", failed.Message, StringComparison.Ordinal);

        isBroken = false;
        Assert.Equal(1, await Client.ReplayAllAsync());

        Assert.Equal("2 7", await handle.ResultAsync<string>().WaitAsync(Hang));
        Assert.Equal(new JobCounts { Succeeded = 4 }, await Client.CountAsync());
    }

    [Fact]
    public async Task HandlerRunsOnceWithTheFailure_WhenSeveralJobsOfThePlanDie()
    {
        Script.Body = (args, _, _) => throw new JobGivenUpException($"broken {args.Number}");
        await StartAsync();

        await Client.EnqueueCanvasAsync(
            Canvas.Map([new ScriptedJob.Args("a", 1), new ScriptedJob.Args("b", 2)]).Then(Canvas.Job(new AddJob.Args(0, 0)))
                .OnError(Canvas.Job<FailureJob>()));

        await UntilAsync(async () => await Client.CountAsync() == new JobCounts { DeadLettered = 2, Succeeded = 1 });
        JobFailure failure = Assert.Single(Script.Failures);
        Assert.Equal(("conformance.scripted", DeadLetterReason.GivenUp, 1), (failure.Name, failure.Reason, failure.Attempt));
        Assert.Contains("broken", failure.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CallbackRunsBesideTheChain_WhenAJobSucceeds()
    {
        await StartAsync();

        CanvasHandle handle = await Client.EnqueueCanvasAsync(
            Canvas.Job(new AddJob.Args(1, 2)).OnSuccess(Canvas.Job<NoteJob>()).Then(Canvas.Job<DoubleJob>()));

        Assert.Equal(6, await handle.ResultAsync<int>().WaitAsync(Hang));
        await UntilAsync(() => Task.FromResult(!Script.Notes.IsEmpty));
        Assert.Equal([3], Script.Notes);
    }

    [Fact]
    public async Task ChainGoesOnOnce_WhenTheWorkerHearsNothingOfItsCompletion()
    {
        await StartAsync();
        bool isLost = true;
        Store.After = operation =>
        {
            if (operation == nameof(IJobStore.CompleteAsync) && isLost)
            {
                isLost = false;
                throw new JobStoreException("The answer was lost after the change was made.");
            }
        };

        CanvasHandle handle = await Client.EnqueueCanvasAsync(Canvas.Job(new AddJob.Args(1, 2)).Then(Canvas.Job<DoubleJob>()));

        await UntilAsync(
            async () => await Client.CountAsync() == new JobCounts { Succeeded = 2 }, advance: TimeSpan.FromMilliseconds(100));
        Assert.Equal(6, await handle.ResultAsync<int>().WaitAsync(Hang));
    }

    [Fact]
    public async Task OtherJobsAreNotHeldUp_WhenWhatFollowsOneCannotBeMade()
    {
        var together = new Gate();
        Script.Body = (_, _, _) => together.Opened;
        await StartAsync(o => o.Concurrency = 4);
        JobEnvelope broken = TestJobs.New("conformance.scripted", payload: "{\"label\":\"a\"}"u8.ToArray()) with
        {
            Continuation = new JobContinuation { Next = [new JobStep()] },
        };
        await Store.AddAsync(broken);
        JobHandle sound = await Client.EnqueueAsync(new ScriptedJob.Args("b"));
        await UntilAsync(() => Task.FromResult(Script.Runs.Count == 2));

        together.Open();

        await UntilAsync(sound.Id, JobState.Succeeded);
        JobInfo dead = await UntilAsync(broken.Id, JobState.DeadLettered, advance: TimeSpan.FromMilliseconds(100));
        Assert.Equal(DeadLetterReason.InvalidResult, dead.DeadLetterReason);
        Assert.Contains("what was to follow the job in its canvas cannot be made", dead.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StepsKnowWhereTheyComeFrom_WhenTheyFollow()
    {
        await StartAsync();

        CanvasHandle handle = await Client.EnqueueCanvasAsync(
            Canvas.Chain(Canvas.Job(new AddJob.Args(1, 2)), Canvas.Job(new ScriptedJob.Args("a")), Canvas.Job(new ScriptedJob.Args("b"))));

        await UntilAsync(() => Task.FromResult(Script.Runs.Count == 2));
        Assert.Equal([handle.JobIds[0], handle.JobIds[1]], Script.Runs.Select(r => r.ParentId!.Value));
        Assert.Equal([handle.JobIds[0], handle.JobIds[0]], Script.Runs.Select(r => r.RootId));
    }

    [Fact]
    public async Task JobIsCancelledAndNothingFollows_WhenItIsRevokedWhileItRuns()
    {
        var started = new Gate();
        Script.Body = async (_, _, token) =>
        {
            started.Open();
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
        };
        await StartAsync();
        CanvasHandle handle = await Client.EnqueueCanvasAsync(Canvas.Job(new ScriptedJob.Args("a")).Then(Canvas.Job(new AddJob.Args(1, 1))));
        await started.Opened.WaitAsync(Hang);

        Assert.Equal(JobRevocation.Requested, await Client.RevokeAsync(handle.JobIds[0]));

        await UntilAsync(handle.JobIds[0], JobState.Revoked, advance: TimeSpan.FromMilliseconds(100));
        Assert.Equal(JobCancellationCause.Revoked, Assert.Single(Script.Runs).CancellationCause);
        Assert.Null(await Client.FindAsync(handle.JobIds[1]));
        await Assert.ThrowsAsync<JobFailedException>(() => handle.ResultAsync<int>().WaitAsync(Hang));
    }

    [Fact]
    public async Task WorkBeginsAgain_WhenThePausedQueueIsResumed()
    {
        await StartAsync();
        await Client.PauseAsync("default");
        JobHandle<int> handle = await Client.EnqueueAsync<AddJob, AddJob.Args, int>(new AddJob.Args(2, 3));
        Time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(JobState.Queued, (await Client.FindAsync(handle.Id))!.State);

        await Client.ResumeAsync("default");

        Assert.Equal(5, await handle.ResultAsync().WaitAsync(Hang));
    }
}
