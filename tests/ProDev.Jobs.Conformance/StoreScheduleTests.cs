namespace ProDev.Jobs.Conformance;

/// <summary>What a store does with schedules.</summary>
public abstract class StoreScheduleTests : StoreTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task EveryFieldComesBackUnchanged_WhenAScheduleIsPut()
    {
        JobSchedule put = new()
        {
            Name = "daily.digest",
            Cron = "0 9 * * 1-5",
            Anchor = new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero),
            TimeZone = "Europe/Berlin",
            Overlap = ScheduleOverlap.Skip,
            CatchUp = ScheduleCatchUp.All,
            MaxCatchUp = 7,
            Job = new JobEnvelope
            {
                Id = Guid.Empty,
                Name = "test.job",
                Version = 3,
                Payload = "{\"größe\":1}"u8.ToArray(),
                ContentType = "application/x-test",
                Queue = "bulk",
                Priority = 4,
                MaxAttempts = 9,
                Expires = TimeSpan.FromSeconds(90.5),
                Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["tenant"] = "a" },
            },
            Declaration = "HASH",
            IsPaused = true,
            NextAt = Time.GetUtcNow() + TimeSpan.FromMilliseconds(123),
            LastAt = Time.GetUtcNow() - TimeSpan.FromMilliseconds(321),
            LastJobId = Guid.NewGuid(),
        };

        JobSchedule got = await Store.PutNewAsync(put);

        Assert.Equal(put with { Revision = 1, Job = got.Job }, got);
        Assert.Equal((put.Job.Name, put.Job.Version, put.Job.ContentType, put.Job.Queue), (got.Job.Name, got.Job.Version, got.Job.ContentType, got.Job.Queue));
        Assert.Equal((put.Job.Priority, put.Job.MaxAttempts, put.Job.Expires), (got.Job.Priority, got.Job.MaxAttempts, got.Job.Expires));
        Assert.Equal(put.Job.Payload.ToArray(), got.Job.Payload.ToArray());
        Assert.Equal(put.Job.Headers, got.Job.Headers);
        Assert.Equal(got.Revision, Assert.Single(await Store.ListSchedulesAsync(default)).Revision);
    }

    [Fact]
    public async Task IntervalAndMissingTimesComeBack_WhenAScheduleIsPut()
    {
        JobSchedule got = await Store.PutNewAsync(TestSchedules.New("a", nextAt: null));

        Assert.Equal((null, Minute, "UTC", null, null, null), (got.Cron, got.Interval, got.TimeZone, got.NextAt, got.LastAt, got.LastJobId));
    }

    [Fact]
    public async Task PutIsRefused_WhenTheRevisionIsNotTheExpectedOne()
    {
        JobSchedule schedule = await Store.PutNewAsync(TestSchedules.New("a", Time.GetUtcNow()));

        Assert.False(await Store.PutScheduleAsync(schedule with { TimeZone = "x" }, 0, default));
        Assert.False(await Store.PutScheduleAsync(schedule with { TimeZone = "x" }, 2, default));
        Assert.False(await Store.PutScheduleAsync(schedule with { Name = "b" }, 1, default));
        Assert.True(await Store.PutScheduleAsync(schedule with { TimeZone = "y", Revision = 77 }, 1, default));

        JobSchedule got = Assert.Single(await Store.ListSchedulesAsync(default));
        Assert.Equal(("a", "y", 2), (got.Name, got.TimeZone, got.Revision));
    }

    [Fact]
    public async Task ScheduleIsGone_WhenRemoved()
    {
        await Store.PutNewAsync(TestSchedules.New("a", Time.GetUtcNow()));

        Assert.True(await Store.RemoveScheduleAsync("a", default));

        Assert.False(await Store.RemoveScheduleAsync("a", default));
        Assert.Null(await Store.FindScheduleAsync("a", default));
        Assert.Empty((await Store.ListDueSchedulesAsync(10, default)).Schedules);
    }

    [Fact]
    public async Task SchedulesAreListedByName()
    {
        foreach (string name in (string[])["b", "a", "C"])
            await Store.PutNewAsync(TestSchedules.New(name, Time.GetUtcNow()));

        Assert.Equal(["C", "a", "b"], (await Store.ListSchedulesAsync(default)).Select(s => s.Name));
    }

    [Fact]
    public async Task OnlySchedulesWhoseTimeHasComeAreDue_ByTheClockOfTheStore()
    {
        DateTimeOffset now = Time.GetUtcNow();
        await Store.PutNewAsync(TestSchedules.New("now", now));
        await Store.PutNewAsync(TestSchedules.New("earlier", now - Minute));
        await Store.PutNewAsync(TestSchedules.New("later", now + Minute));
        await Store.PutNewAsync(TestSchedules.New("never", nextAt: null));
        await Store.PutNewAsync(TestSchedules.New("paused", now - Minute) with { IsPaused = true });

        DueSchedules due = await Store.ListDueSchedulesAsync(10, default);

        Assert.Equal(now, due.Now);
        Assert.Equal(now, await Store.GetTimeAsync(default));
        Assert.Equal(["earlier", "now"], due.Schedules.Select(s => s.Name));
        Assert.Equal(["earlier"], (await Store.ListDueSchedulesAsync(1, default)).Schedules.Select(s => s.Name));
        Time.Advance(Minute);
        Assert.Equal(3, (await Store.ListDueSchedulesAsync(10, default)).Schedules.Count);
    }

    [Fact]
    public async Task JobIsEnqueuedAndTheScheduleMoved_WhenItIsFired()
    {
        JobSchedule schedule = await Store.PutNewAsync(TestSchedules.New("a", Time.GetUtcNow()));
        JobEnvelope first = TestJobs.New();
        JobEnvelope second = TestJobs.New();

        Assert.Equal(ScheduleFired.Enqueued, await Store.FireScheduleAsync(TestSchedules.Step(schedule, first, second), default));

        JobSchedule moved = (await Store.FindScheduleAsync("a", default))!;
        Assert.Equal(schedule with { Job = moved.Job, Revision = 2, NextAt = schedule.NextAt + Minute, LastAt = schedule.NextAt, LastJobId = second.Id }, moved);
        Assert.Equal([first.Id, second.Id], (await Store.TakeAsync()).Select(j => j.Lease.JobId));
    }

    [Fact]
    public async Task NothingHappens_WhenTheScheduleHasChangedOrIsGone()
    {
        JobSchedule schedule = await Store.PutNewAsync(TestSchedules.New("a", Time.GetUtcNow()));
        await Store.PutScheduleAsync(schedule with { IsPaused = true }, 1, default);

        Assert.Equal(ScheduleFired.Refused, await Store.FireScheduleAsync(TestSchedules.Step(schedule, TestJobs.New()), default));
        JobSchedule otherTime = schedule with { Revision = 2, NextAt = schedule.NextAt - Minute };
        Assert.Equal(ScheduleFired.Refused, await Store.FireScheduleAsync(TestSchedules.Step(otherTime, TestJobs.New()), default));
        await Store.RemoveScheduleAsync("a", default);
        Assert.Equal(ScheduleFired.Refused, await Store.FireScheduleAsync(TestSchedules.Step(schedule, TestJobs.New()), default));

        Assert.Equal(0, (await Store.CountAsync(default)).Pending);
    }

    [Fact]
    public async Task ScheduleMovesWithoutAJob_WhenItsOccurrencesArePassedOver()
    {
        JobSchedule schedule = await Store.PutNewAsync(TestSchedules.New("a", Time.GetUtcNow()));

        Assert.Equal(
            ScheduleFired.Enqueued, await Store.FireScheduleAsync(new ScheduleFiring { Schedule = schedule, Jobs = [], NextAt = null }, default));

        JobSchedule moved = (await Store.FindScheduleAsync("a", default))!;
        Assert.Equal((null, null, null, 2), (moved.NextAt, moved.LastAt, moved.LastJobId, moved.Revision));
        Assert.Equal(0, (await Store.CountAsync(default)).Pending);
    }

    [Fact]
    public async Task OneJobIsMade_WhenManySchedulersFireTheSameOccurrence()
    {
        JobSchedule schedule = await Store.PutNewAsync(TestSchedules.New("a", Time.GetUtcNow()));

        ScheduleFired[] answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(
            _ => Task.Run(async () => await Store.FireScheduleAsync(TestSchedules.Step(schedule, TestJobs.New()), default))));

        Assert.Single(answers, a => a == ScheduleFired.Enqueued);
        Assert.Equal(7, answers.Count(a => a == ScheduleFired.Refused));
        Assert.Single(await Store.TakeAsync());
    }

    [Fact]
    public async Task NoSecondJobIsMade_WhenItsIdIsThereAlready()
    {
        JobSchedule schedule = await Store.PutNewAsync(TestSchedules.New("a", Time.GetUtcNow()));
        JobEnvelope job = TestJobs.New();
        await Store.AddAsync(job);

        Assert.Equal(ScheduleFired.Enqueued, await Store.FireScheduleAsync(TestSchedules.Step(schedule, job), default));

        Assert.Equal(job.Id, (await Store.FindScheduleAsync("a", default))!.LastJobId);
        Assert.Single(await Store.TakeAsync());
    }

    [Fact]
    public async Task OccurrenceIsSkipped_UntilTheJobBeforeIsFinished()
    {
        JobSchedule schedule = await Store.PutNewAsync(TestSchedules.New("a", Time.GetUtcNow(), ScheduleOverlap.Skip));
        Assert.Equal(ScheduleFired.Enqueued, await FireAsync());
        Assert.Equal(ScheduleFired.Skipped, await FireAsync());

        LeasedJob job = await Store.TakeOneAsync();
        Assert.Equal(ScheduleFired.Skipped, await FireAsync());
        await Store.RetryAsync([new JobRetry(job.Lease, Minute, "later")], default);
        Assert.Equal(ScheduleFired.Skipped, await FireAsync());

        Time.Advance(Minute);
        job = await Store.TakeOneAsync();
        await Store.DeadLetterAsync([new JobDeath(job.Lease, DeadLetterReason.AttemptsExhausted, "x")], default);
        Assert.Equal(ScheduleFired.Enqueued, await FireAsync());
        await Store.CompleteAsync([(await Store.TakeOneAsync()).Lease], default);
        Assert.Equal(ScheduleFired.Enqueued, await FireAsync());

        JobSchedule moved = (await Store.FindScheduleAsync("a", default))!;
        Assert.Equal((schedule.NextAt + (6 * Minute), schedule.NextAt + (5 * Minute)), (moved.NextAt, moved.LastAt));
        Assert.Single(await Store.TakeAsync());
    }

    [Fact]
    public async Task JobBeforeIsRevoked_WhenItWaitsAndTheScheduleReplaces()
    {
        await Store.PutNewAsync(TestSchedules.New("a", Time.GetUtcNow(), ScheduleOverlap.Replace));
        await FireAsync();
        Guid first = (await Store.FindScheduleAsync("a", default))!.LastJobId!.Value;

        Assert.Equal(ScheduleFired.Enqueued, await FireAsync());
        Assert.Equal(JobState.Revoked, await Store.StateAsync(first));

        LeasedJob second = await Store.TakeOneAsync();
        Assert.Equal(ScheduleFired.Enqueued, await FireAsync());
        Assert.Equal(JobState.Running, await Store.StateAsync(second.Lease.JobId));
        Assert.False((await Store.FindRevokedAsync([second.Lease], default))[0]);
        Assert.Single(await Store.TakeAsync());
    }

    [Fact]
    public async Task OnlyOneSchedulerLeads_UntilItsLeaseHasRunOut()
    {
        Assert.True(await Store.TryLeadAsync("a", Minute, default));
        Assert.False(await Store.TryLeadAsync("b", Minute, default));

        Time.Advance(Minute / 2);
        Assert.True(await Store.TryLeadAsync("a", Minute, default));
        Time.Advance(Minute / 2);
        Assert.False(await Store.TryLeadAsync("b", Minute, default));

        Time.Advance(Minute / 2);
        Assert.True(await Store.TryLeadAsync("b", Minute, default));
        Assert.False(await Store.TryLeadAsync("a", Minute, default));
    }

    [Fact]
    public async Task LeadPassesOnAtOnce_WhenTheLeaderGivesItUp()
    {
        await Store.TryLeadAsync("a", Minute, default);

        Assert.False(await Store.TryLeadAsync("b", TimeSpan.Zero, default));
        Assert.False(await Store.TryLeadAsync("b", Minute, default));
        Assert.False(await Store.TryLeadAsync("a", TimeSpan.Zero, default));

        Assert.True(await Store.TryLeadAsync("b", Minute, default));
    }

    [Fact]
    public async Task OneLeaderIsFound_WhenManyTryAtOnce()
    {
        bool[] answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(
            i => Task.Run(async () => await Store.TryLeadAsync($"scheduler {i}", Minute, default))));

        Assert.Single(answers, leads => leads);
    }

    [Fact]
    public async Task WaitEnds_WhenAScheduleIsDue()
    {
        await Store.PutNewAsync(TestSchedules.New("a", Time.GetUtcNow() + TimeSpan.FromMilliseconds(100)));
        Task<bool> wait = Store.WaitForSchedulesAsync(Minute, default);
        Time.Advance(TimeSpan.FromMilliseconds(100));

        Assert.True(await wait.WaitAsync(Hang));
        Assert.True(await Store.WaitForSchedulesAsync(Minute, default).WaitAsync(Hang));
    }

    [Fact]
    public async Task WaitEnds_WhenADueScheduleIsPut()
    {
        Task<bool> wait = Store.WaitForSchedulesAsync(Minute, default);
        await Store.PutNewAsync(TestSchedules.New("a", Time.GetUtcNow()));

        Assert.True(await wait.WaitAsync(Hang));
    }

    [Fact]
    public async Task WaitEndsAtItsTimeout_WhenNothingIsDue()
    {
        await Store.PutNewAsync(TestSchedules.New("paused", Time.GetUtcNow()) with { IsPaused = true });
        Task<bool> wait = Store.WaitForSchedulesAsync(TimeSpan.FromMilliseconds(50), default);
        Time.Advance(TimeSpan.FromMilliseconds(50));

        Assert.False(await wait.WaitAsync(Hang));
    }

    [Fact]
    public async Task WaitIsCancelled_WhenTheCallerCancels()
    {
        using var cancellation = new CancellationTokenSource();
        Task wait = Store.WaitForSchedulesAsync(Minute, cancellation.Token);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait.WaitAsync(Hang));
    }

    [Fact]
    public async Task WorkersAreWoken_WhenAScheduleIsFired()
    {
        JobSchedule schedule = await Store.PutNewAsync(TestSchedules.New("a", Time.GetUtcNow()));
        Task wait = Store.WaitForWorkAsync(["default"], TimeSpan.FromHours(1), default);

        await Store.FireScheduleAsync(TestSchedules.Step(schedule, TestJobs.New()), default);

        await wait.WaitAsync(Hang);
    }

    private async Task<ScheduleFired> FireAsync()
        => await Store.FireScheduleAsync(TestSchedules.Step((await Store.FindScheduleAsync("a", default))!, TestJobs.New()), default);
}
