namespace ProDev.Jobs.Conformance;

/// <summary>Steps, progress, heartbeats and naps of a running job, end to end on a real store.</summary>
public abstract class StepTests : HostedTests
{
    [Fact]
    public async Task JobGoesOnBehindItsLastStep_WhenItIsTriedAgain()
    {
        int first = 0;
        int second = 0;
        var seen = new List<string>();
        Script.Body = async (_, context, token) =>
        {
            string charge = await context.StepAsync("charge", _ => Task.FromResult($"receipt {++first}"), token);
            await context.StepAsync("mail", _ => ++second == 1 ? throw new InvalidOperationException("no mail today") : Task.CompletedTask, token);
            seen.Add(charge);
            Assert.Equal(charge, await context.StepAsync("charge", _ => Task.FromResult("never"), token));
        };
        await StartAsync();

        JobHandle handle = await Client.EnqueueAsync(new ScriptedJob.Args("steps"));

        JobInfo done = await UntilAsync(handle.Id, JobState.Succeeded, advance: TimeSpan.FromMilliseconds(100));
        Assert.Equal((2, 1, 2), (done.Attempt, first, second));
        Assert.Equal(["receipt 1"], seen);
    }

    [Fact]
    public async Task StepsAreKept_WhenADeadLetterIsReplayed()
    {
        int runs = 0;
        bool isBroken = true;
        Script.Body = async (_, context, token) =>
        {
            await context.StepAsync("once", _ => Task.FromResult(++runs), token);
            if (isBroken)
                throw new JobGivenUpException("broken");
        };
        await StartAsync();
        JobHandle handle = await Client.EnqueueAsync(new ScriptedJob.Args("steps"));
        await UntilAsync(handle.Id, JobState.DeadLettered);

        isBroken = false;
        await Client.ReplayAsync(handle.Id);

        await UntilAsync(handle.Id, JobState.Succeeded);
        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task StepsAreRecordedEachForItself_WhenTheyRunSideBySide()
    {
        int[] results = [];
        Script.Body = async (_, context, token) =>
            results = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => context.StepAsync($"step.{i}", async _ =>
            {
                await Task.Yield();
                return i * i;
            }, token)));
        await StartAsync();

        JobHandle handle = await Client.EnqueueAsync(new ScriptedJob.Args("steps"));

        await UntilAsync(handle.Id, JobState.Succeeded);
        Assert.Equal(Enumerable.Range(0, 8).Select(i => i * i), results);
        Assert.Equal(8, (await Store.ReadNotesAsync(handle.Id, default)).Count);
    }

    [Fact]
    public async Task StepSaysThatTheLeaseIsLost_WhenAnotherWorkerMayRunTheJob()
    {
        Exception? thrown = null;
        Script.Body = async (_, context, token) =>
        {
            if (thrown is not null)
                return;
            Assert.True(await context.HeartbeatAsync(token));
            await Store.DeadLetterAsync([new JobDeath(Store.Leases[context.Id], DeadLetterReason.GivenUp, "taken away")], default);
            Assert.False(await context.HeartbeatAsync(token));
            thrown = await Record.ExceptionAsync(() => context.StepAsync("late", _ => Task.FromResult(1), CancellationToken.None));
        };
        await StartAsync();

        JobHandle handle = await Client.EnqueueAsync(new ScriptedJob.Args("late"));

        await UntilAsync(() => Task.FromResult(thrown is not null));
        Assert.IsType<JobLeaseLostException>(thrown);
        await UntilAsync(() => Task.FromResult(Script.Runs.Single().CancellationCause == JobCancellationCause.LeaseLost));
        Assert.Empty(await Store.ReadNotesAsync(handle.Id, default));
    }

    [Fact]
    public async Task ProgressIsSeen_WhenTheJobReportsIt()
    {
        var reported = new Gate();
        var release = new Gate();
        Script.Body = async (_, context, _) =>
        {
            await context.ReportProgressAsync(0.25, "one of four");
            await context.ReportProgressAsync(0.5);
            reported.Open();
            await release.Opened;
        };
        await StartAsync();
        JobHandle handle = await Client.EnqueueAsync(new ScriptedJob.Args("progress"));
        await reported.Opened.WaitAsync(Hang);

        Assert.Equal(new JobProgress(0.5), await Client.ProgressAsync(handle.Id));
        Assert.Null(await Client.ProgressAsync(Guid.NewGuid()));
        release.Open();
        await UntilAsync(handle.Id, JobState.Succeeded);
    }

    [Fact]
    public async Task AttemptsAreNotUsedUp_WhenTheJobTakesNaps()
    {
        int naps = 0;
        Script.Body = (_, _, _) => ++naps <= 5 ? throw new JobSnoozeException(TimeSpan.FromMinutes(1), "no file yet") : Task.CompletedTask;
        await StartAsync();

        JobHandle handle = await Client.EnqueueAsync(new ScriptedJob.Args("nap"));

        JobInfo waiting = await UntilAsync(handle.Id, JobState.Scheduled);
        Assert.Equal((0, "no file yet", TimeSpan.FromMinutes(1)), (waiting.Attempt, waiting.Error, waiting.RunAt - Time.GetUtcNow()));
        for (int nap = 1; nap <= 5; nap++)
        {
            // The clock takes large steps only while the job waits, so that it loses no lease on a slow machine.
            await UntilAsync(async () => naps == nap && (await Store.FindAsync(handle.Id, default))?.State == JobState.Scheduled, advance: TimeSpan.FromMilliseconds(10));
            Time.Advance(TimeSpan.FromMinutes(1));
        }

        JobInfo done = await UntilAsync(handle.Id, JobState.Succeeded, advance: TimeSpan.FromMilliseconds(10));
        Assert.Equal((1, 6), (done.Attempt, naps));
    }
}
