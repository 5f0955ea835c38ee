using Microsoft.Extensions.DependencyInjection;

namespace ProDev.Jobs.Conformance;

/// <summary>The worker, end to end on a real store and a clock that stands still until told.</summary>
public abstract class WorkerTests : HostedTests
{
    [Fact]
    public async Task JobRunsOnceWithItsArguments_WhenEnqueued()
    {
        var seen = new TaskCompletionSource<(ScriptedJob.Args Args, JobContext Context)>();
        Script.Body = (args, context, _) =>
        {
            seen.TrySetResult((args, context));
            return Task.CompletedTask;
        };
        await StartAsync();

        JobHandle handle = await Client.EnqueueAsync(new ScriptedJob.Args("Größe", 7));

        (ScriptedJob.Args args, JobContext context) = await seen.Task.WaitAsync(Hang);
        await UntilAsync(handle.Id, JobState.Succeeded);
        Assert.Equal(new ScriptedJob.Args("Größe", 7), args);
        Assert.Equal((handle.Id, "conformance.scripted", "default", 1, 3), (context.Id, context.Name, context.Queue, context.Attempt, context.MaxAttempts));
        Assert.Equal(Time.GetUtcNow(), context.EnqueuedAt);
        Assert.Single(Script.Runs);
    }

    [Fact]
    public async Task JobOfAScheduleRuns_WhenItsTimeHasCome()
    {
        await StartAsync();
        DateTimeOffset due = Time.GetUtcNow().AddMinutes(1);

        await Host!.Services.GetRequiredService<IJobSchedules>().PutAsync(s => s.Every("sync", TimeSpan.FromMinutes(1), new ScriptedJob.Args("sync")));

        await UntilAsync(() => Task.FromResult(!Script.Runs.IsEmpty), advance: TimeSpan.FromSeconds(1));
        JobContext run = Script.Runs.First();
        Assert.Equal(("sync", due), (run.Schedule, run.ScheduledAt));
    }

    [Fact]
    public async Task JobSucceedsInTheSecondAttempt_WhenTheFirstFails()
    {
        Script.Body = (_, context, _) => context.Attempt == 1 ? throw new InvalidOperationException("not yet") : Task.CompletedTask;
        await StartAsync();

        JobHandle handle = await Client.EnqueueAsync(new ScriptedJob.Args("retry"));

        JobInfo waiting = await UntilAsync(handle.Id, JobState.Scheduled);
        Assert.Contains("not yet", waiting.Error, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(1), waiting.RunAt - Time.GetUtcNow());
        JobInfo done = await UntilAsync(handle.Id, JobState.Succeeded, advance: TimeSpan.FromMilliseconds(100));
        Assert.Equal(2, done.Attempt);
        Assert.Equal([1, 2], Script.Runs.Select(r => r.Attempt));
        Assert.True(Script.Runs.Last().LeaseToken > Script.Runs.First().LeaseToken);
    }

    [Fact]
    public async Task JobBecomesADeadLetter_WhenItsLastAttemptFails_AndRunsAgainWhenReplayed()
    {
        Script.Body = static (_, _, _) => throw new InvalidOperationException("broken for good");
        await StartAsync();

        JobHandle handle = await Client.EnqueueAsync(new ScriptedJob.Args("dead"));

        JobInfo dead = await UntilAsync(handle.Id, JobState.DeadLettered, advance: TimeSpan.FromMilliseconds(250));
        Assert.Equal((DeadLetterReason.AttemptsExhausted, 3), (dead.DeadLetterReason, dead.Attempt));
        Assert.Contains("broken for good", dead.Error, StringComparison.Ordinal);
        Assert.Equal(3, Script.Runs.Count);

        Script.Body = static (_, _, _) => Task.CompletedTask;
        Assert.True(await Client.ReplayAsync(handle.Id));
        Assert.Equal(1, (await UntilAsync(handle.Id, JobState.Succeeded)).Attempt);
    }

    [Theory]
    [InlineData("no.such.job", "{}", DeadLetterReason.UnknownJob, "no.such.job")]
    [InlineData("conformance.scripted", "not json", DeadLetterReason.InvalidArguments, "do not fit")]
    [InlineData("conformance.scripted", "{}", DeadLetterReason.InvalidArguments, "label")]
    [InlineData("conformance.scripted", "null", DeadLetterReason.InvalidArguments, "null")]
    [InlineData("conformance.scripted", "{\"label\":null}", DeadLetterReason.InvalidArguments, "do not fit")]
    public async Task JobIsParkedAndNotTriedAgain_WhenItCannotBeRunAsStored(string name, string payload, DeadLetterReason reason, string error)
    {
        await StartAsync();

        Guid id = await Store.AddAsync(TestJobs.New(name: name, payload: System.Text.Encoding.UTF8.GetBytes(payload)));

        JobInfo dead = await UntilAsync(id, JobState.DeadLettered);
        Assert.Equal((reason, 1), (dead.DeadLetterReason, dead.Attempt));
        Assert.Contains(error, dead.Error, StringComparison.Ordinal);
        Assert.Empty(Script.Runs);
    }

    [Fact]
    public async Task NoMoreJobsRunThanTheConcurrency_WhenManyAreReady()
    {
        int running = 0;
        int most = 0;
        Script.Body = async (_, _, _) =>
        {
            int now = Interlocked.Increment(ref running);
            InterlockedMax(ref most, now);
            await Task.Yield();
            Interlocked.Decrement(ref running);
        };
        await StartAsync(o => o.Concurrency = 3);

        IReadOnlyList<JobHandle> handles = await Client.EnqueueManyAsync(Enumerable.Range(0, 200).Select(i => new ScriptedJob.Args("many", i)));

        foreach (JobHandle handle in handles)
            await UntilAsync(handle.Id, JobState.Succeeded);
        Assert.InRange(most, 1, 3);
        Assert.Equal(200, Script.Runs.Select(r => r.Id).Distinct().Count());
        Assert.Equal(200, Script.Runs.Count);
    }

    [Fact]
    public async Task RunningJobFinishesAndWaitingOnesAreReturnedUncharged_WhenTheWorkerStops()
    {
        Gate started = new();
        Gate mayEnd = new();
        Script.Body = async (_, _, _) =>
        {
            started.Open();
            await mayEnd.Opened;
        };
        await StartAsync(o => (o.Concurrency, o.Prefetch) = (1, 10));
        IReadOnlyList<JobHandle> handles = await Client.EnqueueManyAsync(Enumerable.Range(0, 4).Select(i => new ScriptedJob.Args("stop", i)));
        await started.Opened.WaitAsync(Hang);

        Task stopping = Host!.StopAsync();
        Assert.False(stopping.IsCompleted);
        mayEnd.Open();
        await stopping.WaitAsync(Hang);

        Assert.Equal(JobState.Succeeded, (await Client.FindAsync(handles[0].Id))!.State);
        foreach (JobHandle handle in handles.Skip(1))
        {
            JobInfo info = (await Client.FindAsync(handle.Id))!;
            Assert.Equal((JobState.Queued, 0), (info.State, info.Attempt));
        }

        Assert.Single(Script.Runs);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task StoreIsToldOnceAndAskedForNoMore_WhenTheWorkerStops(bool isDeaf)
    {
        int told = 0, fetchedAfter = 0;
        await StartAsync();
        JobHandle handle = await Client.EnqueueAsync(new ScriptedJob.Args("before"));
        await UntilAsync(handle.Id, JobState.Succeeded);
        Assert.Equal(0, told);
        Store.Before = operation =>
        {
            if (operation == nameof(IJobStore.FetchAsync) && Volatile.Read(ref told) > 0)
                Interlocked.Increment(ref fetchedAfter);
            if (operation == nameof(IJobStore.StopFetchingAsync) && Interlocked.Increment(ref told) > 0 && isDeaf)
                throw new JobStoreException("Nobody listens.");
        };

        await Host!.StopAsync().WaitAsync(Hang);

        Assert.Equal((1, 0), (told, fetchedAfter));
    }

    [Fact]
    public async Task RunningJobIsCancelledAndHandedBackUncharged_WhenTheHostsTimeoutPasses()
    {
        Gate started = new();
        Script.Body = async (_, _, token) =>
        {
            started.Open();
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
        };
        await StartAsync(o => o.Concurrency = 1);
        JobHandle handle = await Client.EnqueueAsync(new ScriptedJob.Args("stubborn"));
        await started.Opened.WaitAsync(Hang);

        using var timeout = new CancellationTokenSource();
        Task stopping = Worker().StopAsync(timeout.Token);
        Assert.False(stopping.IsCompleted);
        await timeout.CancelAsync();
        await stopping.WaitAsync(Hang);

        JobInfo info = (await Client.FindAsync(handle.Id))!;
        Assert.Equal((JobState.Queued, 0), (info.State, info.Attempt));
    }

    [Fact]
    public async Task RunningJobIsCancelled_WhenTheHostIsDisposedWithoutBeingStopped()
    {
        Gate started = new();
        Gate cancelled = new();
        Script.Body = async (_, _, token) =>
        {
            started.Open();
            await Task.Delay(Timeout.InfiniteTimeSpan, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancelled.Open();
        };
        await StartAsync();
        await Client.EnqueueAsync(new ScriptedJob.Args("abandoned"));
        await started.Opened.WaitAsync(Hang);

        Host!.Dispose();

        await cancelled.Opened.WaitAsync(Hang);
    }

    [Fact]
    public async Task JobIsCancelledAndItsOutcomeRefused_WhenTheLeaseIsLost()
    {
        Gate started = new();
        var cancelled = new TaskCompletionSource();
        Script.Body = async (_, context, token) =>
        {
            if (context.LeaseToken > 1)
                return;
            started.Open();
            await Task.Delay(Timeout.InfiniteTimeSpan, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancelled.TrySetResult();
        };
        await StartAsync(o => o.Concurrency = 2);
        JobHandle handle = await Client.EnqueueAsync(new ScriptedJob.Args("lost"));
        await started.Opened.WaitAsync(Hang);

        // Somebody takes the job away, as a rescue after a long pause of this process would.
        Assert.Equal([true], await Store.Inner.ReturnAsync([Store.Leases[handle.Id]], default));
        await UntilAsync(handle.Id, JobState.Succeeded);
        Assert.False(cancelled.Task.IsCompleted);
        Time.Advance(TestJobs.Lease / 3);

        await cancelled.Task.WaitAsync(Hang);
        Assert.Equal(2, Script.Runs.Count);
        Assert.Equal(JobState.Succeeded, (await Client.FindAsync(handle.Id))!.State);
    }

    [Fact]
    public async Task LongJobKeepsItsLease_WhenItRunsMuchLongerThanTheLease()
    {
        Gate started = new();
        Gate mayEnd = new();
        int begun = 0, extended = 0;
        Script.Body = async (_, _, token) =>
        {
            started.Open();
            await mayEnd.Opened.WaitAsync(token);
        };
        await StartAsync();
        Store.Before = operation => _ = operation == nameof(IJobStore.ExtendAsync) ? Interlocked.Increment(ref begun) : 0;
        Store.After = _ => Interlocked.Increment(ref extended);
        JobHandle handle = await Client.EnqueueAsync(new ScriptedJob.Args("long"));
        await started.Opened.WaitAsync(Hang);

        for (int beat = 1; beat <= 9; beat++)
        {
            int before = Volatile.Read(ref begun);

            // In steps, because a beat is counted from the end of the last one; and not while the store extends, which takes real time.
            await UntilAsync(() => Task.FromResult(Volatile.Read(ref begun) > before), advance: TestJobs.Lease / 300);
            await UntilAsync(() => Task.FromResult(Volatile.Read(ref extended) > before));
        }

        mayEnd.Open();
        Assert.Equal(1, (await UntilAsync(handle.Id, JobState.Succeeded)).Attempt);
        Assert.Single(Script.Runs);
    }

    [Fact]
    public async Task JobOfALostWorkerRunsHere_WhenItsLeaseHasRunOut()
    {
        await StartAsync(start: false);
        Guid id = (await Client.EnqueueAsync(new ScriptedJob.Args("orphan"))).Id;
        Assert.Equal(id, (await Store.TakeOneAsync()).Lease.JobId);
        await Host!.StartAsync();

        JobInfo info = await UntilAsync(id, JobState.Succeeded, advance: TimeSpan.FromSeconds(1));

        Assert.Equal(2, info.Attempt);
    }

    [Theory]
    [InlineData(nameof(IJobStore.FetchAsync))]
    [InlineData(nameof(IJobStore.RetryAsync))]
    [InlineData(nameof(IJobStore.CompleteAsync))]
    public async Task JobIsDoneAndRunsNoMoreThanNeeded_WhenTheStoreFailsForAWhile(string failing)
    {
        int failures = 3;
        Script.Body = (_, context, _) => context.Attempt == 1 ? throw new InvalidOperationException("not yet") : Task.CompletedTask;
        await StartAsync();
        Store.Before = operation =>
        {
            if (operation == failing && Interlocked.Decrement(ref failures) >= 0)
                throw new JobStoreException($"Nobody is there for '{operation}'.");
        };

        JobHandle handle = await Client.EnqueueAsync(new ScriptedJob.Args("weather"));

        JobInfo info = await UntilAsync(handle.Id, JobState.Succeeded, advance: TimeSpan.FromMilliseconds(50));
        Assert.Equal((2, 2), (info.Attempt, Script.Runs.Count));
        Assert.True(failures < 0);
    }

    [Fact]
    public async Task JobsSucceedInOneAttempt_WhenEveryLogEntryThrows()
    {
        await StartAsync(o => o.Concurrency = 1, logging: new BrokenLogging());

        JobHandle first = await Client.EnqueueAsync(new ScriptedJob.Args("first"));
        await UntilAsync(first.Id, JobState.Succeeded);
        Script.Body = (_, context, _) => context.Attempt == 1 ? throw new InvalidOperationException("once") : Task.CompletedTask;
        JobHandle second = await Client.EnqueueAsync(new ScriptedJob.Args("second"));
        await UntilAsync(second.Id, JobState.Succeeded, advance: TimeSpan.FromMilliseconds(100));

        Assert.Equal([1, 1, 2], Script.Runs.Select(r => r.Attempt));
    }

    [Fact]
    public async Task WorkerLivesOn_WhenTheExceptionOfAJobCannotBeTurnedIntoText()
    {
        Script.Body = (_, context, _) => context.Attempt == 1 ? throw new UnspeakableException() : Task.CompletedTask;
        await StartAsync(o => o.Concurrency = 1);

        JobHandle handle = await Client.EnqueueAsync(new ScriptedJob.Args("unspeakable"));

        JobInfo waiting = await UntilAsync(handle.Id, JobState.Scheduled);
        Assert.Contains(nameof(UnspeakableException), waiting.Error, StringComparison.Ordinal);
        await UntilAsync(handle.Id, JobState.Succeeded, advance: TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task WorkerLivesOn_WhenTheSourceOfJitterThrows()
    {
        Script.Body = (_, context, _) => context.Attempt == 1 ? throw new InvalidOperationException("once") : Task.CompletedTask;
        await StartAsync(o => o.Concurrency = 1, jitter: static () => throw new TimeZoneNotFoundException());

        JobHandle handle = await Client.EnqueueAsync(new ScriptedJob.Args("unlucky"));

        JobInfo waiting = await UntilAsync(handle.Id, JobState.Scheduled);
        Assert.Contains(nameof(TimeZoneNotFoundException), waiting.Error, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromMinutes(5), waiting.RunAt - Time.GetUtcNow());
        await UntilAsync(handle.Id, JobState.Succeeded, advance: TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task DelayedJobRuns_WhenItsTimeHasCome()
    {
        await StartAsync();

        JobHandle handle = await Client.EnqueueAsync(new ScriptedJob.Args("later"), o => o.Delay = TimeSpan.FromSeconds(2));

        Assert.Equal(JobState.Scheduled, (await Client.FindAsync(handle.Id))!.State);
        DateTimeOffset due = Time.GetUtcNow().AddSeconds(2);
        JobInfo info = await UntilAsync(handle.Id, JobState.Succeeded, advance: TimeSpan.FromMilliseconds(100));
        Assert.True(info.StartedAt >= due, $"It started at {info.StartedAt:O}, before {due:O}.");
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen = Volatile.Read(ref target);
        while (value > seen && Interlocked.CompareExchange(ref target, value, seen) != seen)
            seen = Volatile.Read(ref target);
    }
}
