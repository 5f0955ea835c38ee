namespace ProDev.Jobs.Testing.Tests;

public sealed class RunUntilDoneTests
{
    [Fact]
    public async Task WaitsForTheBackoffInVirtualTime_WhenAttemptsFail()
    {
        await using JobTestHost host = await Work.StartAsync(
            static call => call.Context.Attempt < 4 ? throw new IOException($"attempt {call.Context.Attempt}") : Task.CompletedTask,
            definition: new JobDefinition(Work.Name) { MaxAttempts = 5 });
        Guid id = await host.EnqueueAsync("a");
        await host.RunUntilDoneAsync();

        DateTimeOffset start = new JobTestOptions().StartTime;
        Assert.Equal([0, 1, 3, 7], host.Runs.Select(r => (r.StartedAt - start).TotalSeconds));
        Assert.Equal([1, 2, 4], host.Runs.Where(r => r.Outcome == JobTestOutcome.Retried).Select(r => r.RetryDelay!.Value.TotalSeconds));
        Assert.Equal([1, 2, 3, 4], host.Runs.Select(r => r.Attempt));
        Assert.Equal("attempt 2", Assert.IsType<IOException>(host.Runs[1].Exception).Message);
        Assert.Contains("attempt 2", host.Runs[1].Error, StringComparison.Ordinal);
        Assert.Equal(JobState.Succeeded, (await host.Jobs.FindAsync(id))!.State);
        Assert.Equal(TimeSpan.FromSeconds(7), host.Elapsed());
    }

    [Theory]
    [InlineData(864_000_000_000)]
    [InlineData(1)]
    [InlineData(123_456_789)]
    public async Task RunsADelayedJobAtItsMoment_OfAnyLength(long ticks)
    {
        var delay = TimeSpan.FromTicks(ticks);
        await using JobTestHost host = await Work.StartAsync(static _ => Task.CompletedTask);
        await host.EnqueueAsync("a", o => o.Delay = delay);
        await host.RunUntilDoneAsync();

        Assert.Single(host.Runs);
        Assert.Equal(delay, host.Elapsed());
    }

    [Fact]
    public async Task RunsAChainOfJobs_ToItsEnd()
    {
        await using JobTestHost host = await Work.StartAsync(static call => call.Text.Length < 20
            ? call.EnqueueAsync(call.Text + ".", TimeSpan.FromMinutes(10))
            : Task.CompletedTask);
        await host.EnqueueAsync(".");
        await host.RunUntilDoneAsync();

        Assert.Equal(Enumerable.Range(1, 20), host.Texts().Select(t => t.Length));
        Assert.Equal(TimeSpan.FromMinutes(190), host.Elapsed());
    }

    [Fact]
    public async Task MovesTheClock_WhenARunningJobWaitsForIt()
    {
        await using JobTestHost host = await Work.StartAsync(static async call =>
        {
            for (int i = 0; i < 3; i++)
            {
                await Task.Yield();
                await Task.Delay(TimeSpan.FromMinutes(20), call.Time, call.Token);
            }
        });
        await host.EnqueueAsync("a");
        await host.EnqueueAsync("b");
        await host.RunUntilDoneAsync();

        Assert.Equal(["a", "b"], host.Texts());
        Assert.Equal(TimeSpan.FromHours(2), host.Elapsed());
        Assert.Equal(TimeSpan.FromHours(1), host.Runs[0].EndedAt - host.Runs[0].StartedAt);
    }

    [Fact]
    public async Task KeepsTheOrderOfMoments_WhenJobsWaitBesideEachOther()
    {
        await using JobTestHost host = await Work.StartAsync(
            static call => Task.Delay(TimeSpan.FromMinutes(call.Text.Length), call.Time), o => o.Concurrency = 3);
        foreach (string text in (string[])["...", ".", ".."])
            await host.EnqueueAsync(text);
        await host.RunUntilDoneAsync();

        Assert.Equal([".", "..", "..."], host.Texts());
    }

    [Fact]
    public async Task DoesNotRunAheadOfATimeout_WhileTheWorkIsReal()
    {
        await using JobTestHost host = await Work.StartAsync(static async call =>
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30), call.Time);
            for (int i = 0; i < 50; i++)
                await Task.Run(static () => Thread.SpinWait(1000), limit.Token).WaitAsync(TimeSpan.FromSeconds(10), call.Time, limit.Token);
        });
        await host.EnqueueAsync("a");
        await host.RunUntilDoneAsync();

        Assert.Equal(JobTestOutcome.Succeeded, Assert.Single(host.Runs).Outcome);
        Assert.Equal(TimeSpan.Zero, host.Elapsed());
    }

    [Fact]
    public async Task NamesWhatIsLeft_WhenAJobNeverComesToAnEnd()
    {
        await using JobTestHost host = await Work.StartAsync(
            static call => call.EnqueueAsync("again", TimeSpan.FromMinutes(45)), o => o.MaxSpan = TimeSpan.FromHours(2));
        await host.EnqueueAsync("a");

        JobTestException error = await Assert.ThrowsAsync<JobTestException>(() => host.RunUntilDoneAsync());

        Assert.Equal(3, host.Runs.Count);
        Assert.Equal(
            "Jobs are left although the clock has moved as far as one call may, JobTestOptions.MaxSpan, '02:00:00'. " +
            "Raise it, or use RunForAsync for jobs that never come to an end:" + Environment.NewLine +
            $"- 'work' {Assert.Single(error.Jobs).Id}, attempt 0 of 3, scheduled for 2026-01-01T02:15:00.0000000+00:00",
            error.Message);
    }

    [Fact]
    public async Task NamesWhatIsLeft_WhenAJobEnqueuesItselfWithoutADelay()
    {
        await using JobTestHost host = await Work.StartAsync(static call => call.EnqueueAsync("again"), o => o.MaxRuns = 25);
        await host.EnqueueAsync("a");

        JobTestException error = await Assert.ThrowsAsync<JobTestException>(() => host.RunUntilDoneAsync());

        Assert.Equal(25, host.Runs.Count);
        Assert.Equal(
            "Jobs are left although as many attempts were started as one call may, JobTestOptions.MaxRuns, '25'. " +
            "Find out which job enqueues itself again without a delay, or raise it:" + Environment.NewLine +
            $"- 'work' {Assert.Single(error.Jobs).Id}, attempt 0 of 3, queued in 'works'",
            error.Message);
    }

    [Fact]
    public async Task NamesWhatHangs_WhenAJobWaitsForNothingThatComes()
    {
        await using JobTestHost host = await Work.StartAsync(
            static call => Task.Delay(Timeout.InfiniteTimeSpan, call.Time, call.Token), o => o.HangTimeout = TimeSpan.FromMilliseconds(1));
        Guid id = await host.EnqueueAsync("a");

        JobTestException error = await Assert.ThrowsAsync<JobTestException>(() => host.RunUntilDoneAsync());

        Assert.StartsWith("Nothing has happened for '00:00:00.0010000' of real time, JobTestOptions.HangTimeout", error.Message, StringComparison.Ordinal);
        Assert.Equal(id, Assert.Single(error.Jobs).Id);
    }

    [Fact]
    public async Task EndsJobsAtTheirSoftTimeLimit_WhenTheyWaitForTheClock()
    {
        await using JobTestHost host = await Work.StartAsync(
            static call => Task.Delay(TimeSpan.FromHours(1), call.Time, call.Token),
            definition: new JobDefinition(Work.Name) { MaxAttempts = 1, SoftTimeLimit = TimeSpan.FromSeconds(30) });
        await host.EnqueueAsync("a");
        await host.RunUntilDoneAsync();

        Assert.IsAssignableFrom<OperationCanceledException>(Assert.Single(host.Runs).Exception);
        Assert.Equal(TimeSpan.FromSeconds(30), host.Elapsed());
    }

    [Fact]
    public async Task GivesUpJobsAtTheirHardTimeLimit_WhenTheyIgnoreTheirToken()
    {
        await using JobTestHost host = await Work.StartAsync(
            static call => Task.Delay(TimeSpan.FromHours(1), call.Time, CancellationToken.None),
            definition: new JobDefinition(Work.Name)
            {
                MaxAttempts = 1,
                SoftTimeLimit = TimeSpan.FromSeconds(30),
                HardTimeLimit = TimeSpan.FromSeconds(60),
            });
        await host.EnqueueAsync("a");
        await host.RunUntilDoneAsync();

        JobTestRun run = Assert.Single(host.Runs);
        Assert.Equal(DeadLetterReason.AttemptsExhausted, run.DeadLetterReason);
        Assert.Equal(TimeSpan.FromSeconds(60), host.Elapsed());
    }

    [Fact]
    public async Task EndsARevokedJobWhereItWaits_WithoutMovingTheClock()
    {
        await using JobTestHost host = await Work.StartAsync(static call => Task.Delay(TimeSpan.FromHours(1), call.Time, call.Token));
        Guid id = await host.EnqueueAsync("a");
        await host.RunUntilIdleAsync();
        await host.Jobs.RevokeAsync(id);
        await host.RunUntilDoneAsync();

        Assert.Equal(JobTestOutcome.Revoked, Assert.Single(host.Runs).Outcome);
        Assert.Equal(TimeSpan.Zero, host.Elapsed());
    }

    [Fact]
    public async Task LeavesJobsOfPausedQueues_UntilTheyGoOn()
    {
        await using JobTestHost host = await Work.StartAsync(static _ => Task.CompletedTask);
        await host.EnqueueAsync("a");
        await host.EnqueueAsync("b", o => o.Delay = TimeSpan.FromHours(1));
        await host.Jobs.PauseAsync(Work.Queue);
        await host.RunUntilDoneAsync();
        Assert.Empty(host.Runs);
        Assert.Equal([JobState.Queued, JobState.Queued], host.PendingJobs.Select(j => j.State));

        await host.Jobs.ResumeAsync(Work.Queue);
        await host.RunUntilDoneAsync();
        Assert.Equal(["a", "b"], host.Texts());
    }

    [Fact]
    public async Task KeepsSucceededJobs_HoweverLongItTakes()
    {
        await using JobTestHost host = await Work.StartAsync(static _ => Task.CompletedTask, o => o.MaxSpan = TimeSpan.FromDays(400));
        Guid first = await host.EnqueueAsync("a");
        await host.EnqueueAsync("b", o => o.Delay = TimeSpan.FromDays(365));
        await host.RunUntilDoneAsync();

        Assert.Equal(JobState.Succeeded, (await host.Jobs.FindAsync(first))!.State);
        Assert.Equal(2, (await host.Jobs.CountAsync()).Succeeded);
    }
}
