namespace ProDev.Jobs.Conformance;

/// <summary>Idempotency, dead letters, queries and pruning.</summary>
public abstract class StoreQueryTests : StoreTests
{
    [Fact]
    public async Task ExistingJobIsReported_WhenTheSameKeyIsEnqueuedAgain()
    {
        Guid id = await Store.AddAsync(TestJobs.New(key: "order-1"));

        EnqueuedJob again = (await Store.EnqueueAsync([TestJobs.New(key: "order-1")], default))[0];
        EnqueuedJob otherName = (await Store.EnqueueAsync([TestJobs.New(name: "other", key: "order-1")], default))[0];

        Assert.Equal(new EnqueuedJob(id, AlreadyExisted: true), again);
        Assert.False(otherName.AlreadyExisted);
        Assert.Equal(2, (await Store.TakeAsync()).Count);
    }

    [Theory]
    [InlineData(JobState.Running)]
    [InlineData(JobState.Succeeded)]
    [InlineData(JobState.DeadLettered)]
    public async Task ExistingJobIsReported_WhateverItsState(JobState state)
    {
        Guid id = await Store.AddAsync(TestJobs.New(key: "k"));
        JobLease lease = (await Store.TakeOneAsync()).Lease;
        if (state == JobState.Succeeded)
            await Store.CompleteAsync([lease], default);
        if (state == JobState.DeadLettered)
            await Store.DeadLetterAsync([new JobDeath(lease, DeadLetterReason.AttemptsExhausted, "x")], default);

        EnqueuedJob again = (await Store.EnqueueAsync([TestJobs.New(key: "k")], default))[0];

        Assert.Equal(new EnqueuedJob(id, AlreadyExisted: true), again);
        Assert.Equal(state, await Store.StateAsync(id));
    }

    [Fact]
    public async Task OneJobIsEnqueued_WhenACallNamesTheSameKeyTwice()
    {
        IReadOnlyList<EnqueuedJob> answers = await Store.EnqueueAsync([TestJobs.New(key: "k"), TestJobs.New(key: "k"), TestJobs.New()], default);

        Assert.Equal([false, true, false], answers.Select(a => a.AlreadyExisted));
        Assert.Equal(answers[0].Id, answers[1].Id);
        Assert.Equal(2, (await Store.CountAsync(default)).Queued);
    }

    [Fact]
    public async Task OneJobIsEnqueued_WhenTheSameIdIsEnqueuedAgain()
    {
        JobEnvelope job = TestJobs.New();
        await Store.AddAsync(job);

        Assert.Equal(new EnqueuedJob(job.Id, AlreadyExisted: true), (await Store.EnqueueAsync([job], default))[0]);
        Assert.Single(await Store.TakeAsync());
    }

    [Fact]
    public async Task NothingIsEnqueued_WhenTheCallWasCancelledBefore()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await Store.EnqueueAsync([TestJobs.New()], new CancellationToken(canceled: true)));

        Assert.Equal(0, (await Store.CountAsync(default)).Pending);
    }

    [Fact]
    public async Task NothingIsLeased_WhenTheFetchWasCancelledBefore()
    {
        Guid id = await Store.AddAsync(TestJobs.New());
        var request = new FetchRequest { Queues = ["default"], Maximum = 1, Lease = TestJobs.Lease, Worker = "test" };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await Store.FetchAsync(request, new CancellationToken(canceled: true)));

        Assert.Equal(JobState.Queued, await Store.StateAsync(id));
    }

    [Fact]
    public async Task DeadLetterKeepsReasonErrorAndArguments_UntilReplayed()
    {
        byte[] payload = "{\"country\":\"FR\"}"u8.ToArray();
        Guid id = await Store.AddAsync(TestJobs.New(payload: payload));
        LeasedJob job = await Store.TakeOneAsync();

        Assert.Equal([true], await Store.DeadLetterAsync([new JobDeath(job.Lease, DeadLetterReason.InvalidArguments, "bad shape")], default));

        JobInfo dead = Assert.Single(await Store.ListDeadLettersAsync(new DeadLetterQuery(), default));
        Assert.Equal(
            (id, JobState.DeadLettered, DeadLetterReason.InvalidArguments, "bad shape"), (dead.Id, dead.State, dead.DeadLetterReason, dead.Error));
        Assert.Equal(Time.GetUtcNow(), dead.FinishedAt);
        Assert.Empty(await Store.TakeAsync());

        Assert.Equal([true], await Store.ReplayAsync([id], default));

        LeasedJob replayed = await Store.TakeOneAsync();
        Assert.Equal((id, 1), (replayed.Lease.JobId, replayed.Attempt));
        Assert.Equal(payload, replayed.Envelope.Payload.ToArray());
        Assert.True(replayed.Lease.Token > job.Lease.Token);
        JobInfo info = (await Store.FindAsync(id, default))!;
        Assert.Null(info.DeadLetterReason);
        Assert.Null(info.FinishedAt);
        Assert.Empty(await Store.ListDeadLettersAsync(new DeadLetterQuery(), default));
    }

    [Fact]
    public async Task DiscardedDeadLetterIsGone_AndItsKeyIsFree()
    {
        Guid id = await DeadAsync(TestJobs.New(key: "k"));

        Assert.Equal([true], await Store.DiscardAsync([id], default));

        Assert.Null(await Store.FindAsync(id, default));
        Assert.False((await Store.EnqueueAsync([TestJobs.New(key: "k")], default))[0].AlreadyExisted);
    }

    [Fact]
    public async Task OnlyDeadLettersAreReplayedOrDiscarded()
    {
        Guid queued = await Store.AddAsync(TestJobs.New());

        Assert.Equal([false, false], await Store.ReplayAsync([queued, Guid.NewGuid()], default));
        Assert.Equal([false, false], await Store.DiscardAsync([queued, Guid.NewGuid()], default));
        Assert.Equal(JobState.Queued, await Store.StateAsync(queued));
    }

    [Fact]
    public async Task DeadLettersAreListedInPages_AndByNameAndReason()
    {
        var ids = new List<Guid>();
        for (int i = 0; i < 5; i++)
            ids.Add(await DeadAsync(TestJobs.New(name: i % 2 == 0 ? "even" : "odd"), i < 4 ? DeadLetterReason.AttemptsExhausted : DeadLetterReason.UnknownJob));
        ids.Sort((a, b) => a.CompareTo(b));

        IReadOnlyList<JobInfo> first = await Store.ListDeadLettersAsync(new DeadLetterQuery { Take = 3 }, default);
        IReadOnlyList<JobInfo> second = await Store.ListDeadLettersAsync(new DeadLetterQuery { Take = 3, After = first[^1].Id }, default);

        Assert.Equal(ids, first.Concat(second).Select(j => j.Id));
        Assert.Equal(3, (await Store.ListDeadLettersAsync(new DeadLetterQuery { Name = "even" }, default)).Count);
        Assert.Single(await Store.ListDeadLettersAsync(new DeadLetterQuery { Reason = DeadLetterReason.UnknownJob }, default));
    }

    [Fact]
    public async Task CountsSayHowManyAreInEachState()
    {
        await DeadAsync(TestJobs.New());
        await Store.AddAsync(TestJobs.New());
        await Store.CompleteAsync([(await Store.TakeOneAsync()).Lease], default);
        await Store.AddAsync(TestJobs.New());
        await Store.TakeOneAsync();
        await Store.EnqueueAsync(TestJobs.Many(2), default);
        await Store.EnqueueAsync(TestJobs.Many(3, _ => TestJobs.New(delay: TimeSpan.FromHours(1))), default);

        var expected = new JobCounts { Scheduled = 3, Queued = 2, Running = 1, Succeeded = 1, DeadLettered = 1 };
        Assert.Equal(expected, await Store.CountAsync(default));
        Assert.Equal(6, expected.Pending);
    }

    [Fact]
    public async Task NothingIsFound_WhenTheIdIsUnknown() => Assert.Null(await Store.FindAsync(Guid.NewGuid(), default));

    [Fact]
    public async Task OnlyOldSucceededJobsArePruned_OldestFirst()
    {
        Guid dead = await DeadAsync(TestJobs.New());
        JobEnvelope[] old = TestJobs.Many(3, _ => TestJobs.New(key: Guid.NewGuid().ToString()));
        await Store.EnqueueAsync(old, default);
        await Store.CompleteAsync([.. (await Store.TakeAsync()).Select(j => j.Lease)], default);
        Time.Advance(TimeSpan.FromHours(2));
        Guid recent = await Store.AddAsync(TestJobs.New());
        await Store.CompleteAsync([(await Store.TakeOneAsync()).Lease], default);
        Guid queued = await Store.AddAsync(TestJobs.New());

        Assert.Equal(2, await Store.PruneAsync(TimeSpan.FromHours(1), 2, default));
        Assert.Equal(1, await Store.PruneAsync(TimeSpan.FromHours(1), 2, default));
        Assert.Equal(0, await Store.PruneAsync(TimeSpan.FromHours(1), 2, default));

        Assert.Null(await Store.FindAsync(old[0].Id, default));
        Assert.False((await Store.EnqueueAsync([TestJobs.New(key: old[0].IdempotencyKey)], default))[0].AlreadyExisted);
        foreach (Guid kept in (Guid[])[dead, recent, queued])
            Assert.NotNull(await Store.FindAsync(kept, default));
    }

    [Fact]
    public async Task DelayedJobIsScheduled_UntilItsTimeHasCome()
    {
        Guid id = await Store.AddAsync(TestJobs.New(delay: TimeSpan.FromMinutes(5)));
        Assert.Equal(JobState.Scheduled, await Store.StateAsync(id));
        Time.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(id, (await Store.TakeOneAsync()).Lease.JobId);
        Assert.Equal(JobState.Running, await Store.StateAsync(id));
    }

    [Fact]
    public async Task EveryFieldComesBackUnchanged_WhenADeadLetterIsReplayed()
    {
        JobEnvelope job = WholeJob.New();
        await Store.AddAsync(job);
        LeasedJob leased = Assert.Single(await Store.TakeAsync(1, "bulk"));
        await Store.DeadLetterAsync([new JobDeath(leased.Lease, DeadLetterReason.GivenUp, "no")], default);
        await Store.ReplayAsync([job.Id], default);

        LeasedJob again = Assert.Single(await Store.TakeAsync(1, "bulk"));

        Assert.Equal(WholeJob.Text(job), WholeJob.Text(again.Envelope));
    }

    private async Task<Guid> DeadAsync(JobEnvelope job, DeadLetterReason reason = DeadLetterReason.AttemptsExhausted)
    {
        Guid id = await Store.AddAsync(job);
        LeasedJob leased = await Store.TakeOneAsync();
        await Store.DeadLetterAsync([new JobDeath(leased.Lease, reason, "broken")], default);
        return id;
    }
}
