namespace ProDev.Jobs.Testing.Tests;

public sealed class RunUntilIdleTests
{
    [Fact]
    public async Task RunsNothing_UntilItIsAsked()
    {
        await using JobTestHost host = await Work.StartAsync(static _ => Task.CompletedTask);
        await host.EnqueueAsync("a");
        await host.EnqueueAsync("b", o => o.Priority = 9);

        Assert.Equal([JobState.Queued, JobState.Queued], host.PendingJobs.Select(j => j.State));
        await host.RunUntilIdleAsync();

        Assert.Equal(["b", "a"], host.Texts());
        Assert.Empty(host.PendingJobs);
        Assert.Equal(TimeSpan.Zero, host.Elapsed());
    }

    [Fact]
    public async Task RunsAtOnceWhatJobsEnqueue_InTheOrderOfArrival()
    {
        await using JobTestHost host = await Work.StartAsync(static async call =>
        {
            await Task.Yield();
            if (call.Text.Length < 4)
            {
                await call.EnqueueAsync(call.Text + "l");
                await call.EnqueueAsync(call.Text + "r");
            }
        });
        await host.EnqueueAsync("+");
        await host.RunUntilIdleAsync();

        Assert.Equal(["+", "+l", "+r", "+ll", "+lr", "+rl", "+rr"], host.Texts().Take(7));
        Assert.Equal(15, host.Runs.Count);
    }

    [Fact]
    public async Task LeavesWhatIsDueLater_BecauseTheClockStands()
    {
        await using JobTestHost host = await Work.StartAsync(static call => call.Text == "fails" ? throw new IOException("no") : Task.CompletedTask);
        await host.EnqueueAsync("later", o => o.Delay = TimeSpan.FromMilliseconds(1));
        await host.EnqueueAsync("fails");
        await host.RunUntilIdleAsync();

        JobTestRun run = Assert.Single(host.Runs);
        Assert.Equal(JobTestOutcome.Retried, run.Outcome);
        Assert.Equal([JobState.Scheduled, JobState.Scheduled], host.PendingJobs.Select(j => j.State));
    }

    [Fact]
    public async Task IsIdle_WhileAJobWaitsForTheClock()
    {
        await using JobTestHost host = await Work.StartAsync(static call => Task.Delay(TimeSpan.FromHours(1), call.Time, call.Token));
        await host.EnqueueAsync("a");
        await host.EnqueueAsync("b");
        await host.RunUntilIdleAsync();

        Assert.Empty(host.Runs);
        Assert.Equal([JobState.Running, JobState.Queued], host.PendingJobs.Select(j => j.State));
    }

    [Fact]
    public async Task WaitsForCodeThatRunsBesideADelay()
    {
        using var gate = new SemaphoreSlim(0);
        var inside = new TaskCompletionSource();
        await using JobTestHost host = await Work.StartAsync(call =>
        {
            Task delay = Task.Delay(TimeSpan.FromHours(1), call.Time, call.Token);
            inside.SetResult();
            gate.Wait(CancellationToken.None);
            return delay;
        });
        await host.EnqueueAsync("a");
        Task idle = host.RunUntilIdleAsync();
        await inside.Task;

        Assert.False(idle.IsCompleted);
        gate.Release();
        await idle;
        Assert.Single(host.PendingJobs);
    }

    [Fact]
    public async Task RunsSeveralAtATime_WhenConcurrencyIsRaised()
    {
        var together = new Barrier(3);
        await using JobTestHost host = await Work.StartAsync(
            async call =>
            {
                await Task.Yield();
                Assert.True(together.SignalAndWait(TimeSpan.FromSeconds(20)));
            },
            o => o.Concurrency = 3);
        foreach (string text in (string[])["a", "b", "c"])
            await host.EnqueueAsync(text);
        await host.RunUntilIdleAsync();

        Assert.Equal(3, host.Runs.Count(r => r.Outcome == JobTestOutcome.Succeeded));
    }

    [Fact]
    public async Task NamesTheQueue_WhenNobodyServesIt()
    {
        await using JobTestHost host = await Work.StartAsync(static _ => Task.CompletedTask);
        Guid id = await host.EnqueueAsync("a", o => o.Queue = "vip");

        JobTestException error = await Assert.ThrowsAsync<JobTestException>(() => host.RunUntilIdleAsync());

        Assert.Equal(
            "Jobs are ready in queues that are not served. Served are: 'works'. Add the queue to JobTestOptions.Queues:" + Environment.NewLine +
            $"- 'work' {id}, attempt 0 of 3, queued in 'vip'",
            error.Message);
        Assert.Equal(id, Assert.Single(error.Jobs).Id);
    }

    [Fact]
    public async Task ServesFurtherQueues_WhenToldTo()
    {
        await using JobTestHost host = await Work.StartAsync(static _ => Task.CompletedTask, o => o.Queues.Add("vip"));
        await host.EnqueueAsync("a", o => o.Queue = "vip");
        await host.RunUntilIdleAsync();

        Assert.Equal("vip", Assert.Single(host.Runs).Queue);
    }

    [Fact]
    public async Task RefusesASecondCall_WhileOneRunsJobs()
    {
        var gate = new TaskCompletionSource();
        await using JobTestHost host = await Work.StartAsync(_ => gate.Task);
        await host.EnqueueAsync("a");
        Task first = host.RunUntilIdleAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => host.RunUntilIdleAsync());
        gate.SetResult();
        await first;
        await host.RunUntilIdleAsync();
    }

    [Fact]
    public async Task EndsTheWaitAndStartsNoMore_WhenItsTokenFires()
    {
        var inside = new TaskCompletionSource();
        var gate = new TaskCompletionSource();
        await using JobTestHost host = await Work.StartAsync(_ =>
        {
            inside.TrySetResult();
            return gate.Task;
        });
        await host.EnqueueAsync("a");
        await host.EnqueueAsync("b");
        using var cancellation = new CancellationTokenSource();
        Task idle = host.RunUntilIdleAsync(cancellation.Token);
        await inside.Task;
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => idle);
        gate.SetResult();
        Assert.Contains(host.PendingJobs, j => j.State == JobState.Queued);
        await host.RunUntilIdleAsync();
        Assert.Equal(["a", "b"], host.Texts());
    }
}
