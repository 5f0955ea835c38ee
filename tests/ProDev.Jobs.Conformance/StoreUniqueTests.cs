namespace ProDev.Jobs.Conformance;

/// <summary>Unique jobs: who is in whose way, and for how long.</summary>
public abstract class StoreUniqueTests : StoreTests
{
    [Fact]
    public async Task FirstJobCounts_UntilItHasSucceeded()
    {
        EnqueuedJob first = await Store.OfferAsync(UniqueTestJobs.New());
        EnqueuedJob whileQueued = await Store.OfferAsync(UniqueTestJobs.New());
        LeasedJob running = await Store.TakeOneAsync();
        EnqueuedJob whileRunning = await Store.OfferAsync(UniqueTestJobs.New());
        await Store.CompleteAsync([running.Lease], default);
        JobEnvelope next = UniqueTestJobs.New();
        EnqueuedJob after = await Store.OfferAsync(next);

        Assert.Equal((false, EnqueueOutcome.Enqueued), (first.AlreadyExisted, first.Outcome));
        Assert.Equal([(first.Id, true, EnqueueOutcome.Existed), (first.Id, true, EnqueueOutcome.Existed)], Rows(whileQueued, whileRunning));
        Assert.Equal([(next.Id, false, EnqueueOutcome.Enqueued)], Rows(after));
        Assert.Equal(new JobCounts { Queued = 1, Succeeded = 1 }, await Store.CountAsync(default));
    }

    [Fact]
    public async Task OnlyEqualKeysOfOneNameAreInTheWay()
    {
        await Store.OfferAsync(UniqueTestJobs.New("k"));

        Assert.False((await Store.OfferAsync(UniqueTestJobs.New("K"))).AlreadyExisted);
        Assert.False((await Store.OfferAsync(TestJobs.New())).AlreadyExisted);
        Assert.False((await Store.OfferAsync(UniqueTestJobs.New("k") with { Name = "other.job" })).AlreadyExisted);
        Assert.True((await Store.OfferAsync(UniqueTestJobs.New("k") with { Queue = "other" })).AlreadyExisted);
        Assert.Equal(4, (await Store.CountAsync(default)).Queued);
    }

    [Theory]
    [InlineData(JobState.Scheduled, JobUniqueStates.Scheduled)]
    [InlineData(JobState.Queued, JobUniqueStates.Queued)]
    [InlineData(JobState.Running, JobUniqueStates.Running)]
    [InlineData(JobState.Succeeded, JobUniqueStates.Succeeded)]
    [InlineData(JobState.DeadLettered, JobUniqueStates.DeadLettered)]
    [InlineData(JobState.Revoked, JobUniqueStates.Revoked)]
    public async Task JobIsInTheWay_OnlyInTheStatesThatAreNamed(JobState state, JobUniqueStates flag)
    {
        Guid id = await JobInAsync(state);

        EnqueuedJob named = await Store.OfferAsync(UniqueTestJobs.New(states: flag));
        EnqueuedJob other = await Store.OfferAsync(UniqueTestJobs.New(states: JobUniqueStates.All & ~flag));

        Assert.Equal(state, await Store.StateAsync(id));
        Assert.Equal([(id, true, EnqueueOutcome.Existed)], Rows(named));
        Assert.False(other.AlreadyExisted);
    }

    [Fact]
    public async Task ScheduledJobCountsAsQueued_WhenItsTimeHasCome()
    {
        EnqueuedJob due = await Store.OfferAsync(UniqueTestJobs.New(delay: TimeSpan.FromMinutes(1)));
        EnqueuedJob before = await Store.OfferAsync(UniqueTestJobs.New(states: JobUniqueStates.Queued));
        await Store.RevokeAsync([before.Id], default);
        Time.Advance(TimeSpan.FromMinutes(1));

        Assert.False(before.AlreadyExisted);
        Assert.Equal([(due.Id, true, EnqueueOutcome.Existed)], Rows(await Store.OfferAsync(UniqueTestJobs.New(states: JobUniqueStates.Queued))));
    }

    [Fact]
    public async Task JobIsInTheWay_OnlyWithinThePeriod()
    {
        var period = TimeSpan.FromMinutes(10);
        JobUniqueStates states = JobUniqueStates.All;
        EnqueuedJob first = await Store.OfferAsync(UniqueTestJobs.New(states: states, period: period));
        await Store.CompleteAsync([(await Store.TakeOneAsync()).Lease], default);

        Time.Advance(period - TimeSpan.FromMilliseconds(1));
        EnqueuedJob within = await Store.OfferAsync(UniqueTestJobs.New(states: states, period: period));
        Time.Advance(TimeSpan.FromMilliseconds(1));
        EnqueuedJob after = await Store.OfferAsync(UniqueTestJobs.New(states: states, period: period));

        Assert.Equal([(first.Id, true, EnqueueOutcome.Existed)], Rows(within));
        Assert.False(after.AlreadyExisted);
        Assert.Equal([(after.Id, true, EnqueueOutcome.Existed)], Rows(await Store.OfferAsync(UniqueTestJobs.New(states: states))));
    }

    [Fact]
    public async Task WaitingJobCountsBeforeRunningBeforeEndedAndThenTheLatest_WhenSeveralAreInTheWay()
    {
        Guid ended = await JobInAsync(JobState.Succeeded);
        Guid endedLater = await JobInAsync(JobState.DeadLettered);
        Assert.Equal(endedLater, (await Store.OfferAsync(UniqueTestJobs.New(states: JobUniqueStates.All))).Id);
        Assert.Equal(ended, (await Store.OfferAsync(UniqueTestJobs.New(states: JobUniqueStates.All & ~JobUniqueStates.DeadLettered))).Id);
        Guid running = await JobInAsync(JobState.Running);
        Assert.Equal(running, (await Store.OfferAsync(UniqueTestJobs.New(states: JobUniqueStates.All))).Id);
        Guid waiting = (await Store.OfferAsync(UniqueTestJobs.New(states: JobUniqueStates.Waiting))).Id;
        LeasedJob second = await Store.TakeOneAsync();
        Guid later = (await Store.OfferAsync(UniqueTestJobs.New(states: JobUniqueStates.Waiting))).Id;
        await Store.ReturnAsync([second.Lease], default);

        Assert.Equal(waiting, second.Lease.JobId);
        Assert.Equal(later, (await Store.OfferAsync(UniqueTestJobs.New(states: JobUniqueStates.All))).Id);
        await Store.RevokeAsync([later], default);
        Assert.Equal(waiting, (await Store.OfferAsync(UniqueTestJobs.New(states: JobUniqueStates.All))).Id);
    }

    [Fact]
    public async Task IdAndIdempotencyKeyAreLookedAtFirst()
    {
        JobEnvelope keyed = UniqueTestJobs.New("a") with { IdempotencyKey = "once" };
        JobEnvelope other = UniqueTestJobs.New("b", conflict: JobConflict.Replace);
        await Store.EnqueueAsync([keyed, other], default);

        EnqueuedJob sameId = await Store.OfferAsync(other with { Payload = "\"2\""u8.ToArray() });
        EnqueuedJob sameKey = await Store.OfferAsync(UniqueTestJobs.New("b") with { IdempotencyKey = "once" });

        Assert.Equal([(other.Id, true, EnqueueOutcome.Existed), (keyed.Id, true, EnqueueOutcome.Existed)], Rows(sameId, sameKey));
        Assert.Equal(["1", "1"], (await Store.TakeAsync()).Select(UniqueTestJobs.ContentOf));
    }

    [Fact]
    public async Task JobsOfOneCallAreInEachOthersWay()
    {
        JobEnvelope a = UniqueTestJobs.New("a");
        JobEnvelope b = UniqueTestJobs.New("b");
        JobEnvelope plain = TestJobs.New();

        IReadOnlyList<EnqueuedJob> answers = await Store.EnqueueAsync(
            [a, UniqueTestJobs.New("a"), plain, b, UniqueTestJobs.New("a"), UniqueTestJobs.New("b"), plain], default);

        Assert.Equal([a.Id, a.Id, plain.Id, b.Id, a.Id, b.Id, plain.Id], answers.Select(x => x.Id));
        Assert.Equal([false, true, false, false, true, true, true], answers.Select(x => x.AlreadyExisted));
        Assert.Equal([a.Id, plain.Id, b.Id], (await Store.TakeAsync()).Select(j => j.Lease.JobId));
    }

    [Fact]
    public async Task ManyJobsOfOneCallAreTakenAndFoundAgain()
    {
        JobEnvelope[] Make() => [.. Enumerable.Range(0, 2500).Select(i => UniqueTestJobs.New($"key {i % 1250}"))];

        IReadOnlyList<EnqueuedJob> first = await Store.EnqueueAsync(Make(), default);
        IReadOnlyList<EnqueuedJob> again = await Store.EnqueueAsync(Make(), default);

        Assert.Equal(1250, first.Count(a => !a.AlreadyExisted));
        Assert.Equal(first.Select(a => a.Id), again.Select(a => a.Id));
        Assert.All(again, a => Assert.True(a.AlreadyExisted));
        Assert.Equal(1250, (await Store.CountAsync(default)).Queued);
    }

    [Fact]
    public async Task NobodyAsksAgain_WhenAJobIsRetriedOrReplayed()
    {
        Guid dead = await JobInAsync(JobState.DeadLettered);
        await Store.OfferAsync(UniqueTestJobs.New(states: JobUniqueStates.Waiting));
        LeasedJob running = await Store.TakeOneAsync();
        await Store.OfferAsync(UniqueTestJobs.New(states: JobUniqueStates.Waiting));

        Assert.Equal([true], await Store.RetryAsync([new JobRetry(running.Lease, TimeSpan.Zero, "again")], default));
        Assert.Equal([true], await Store.ReplayAsync([dead], default));

        Assert.Equal(3, (await Store.CountAsync(default)).Queued);
        Assert.True((await Store.OfferAsync(UniqueTestJobs.New())).AlreadyExisted);
        Assert.Equal(3, (await Store.TakeAsync()).Count);
    }

    [Fact]
    public async Task NextJobIsFree_WhenTheOneInTheWayIsGone()
    {
        Guid dead = await JobInAsync(JobState.DeadLettered, JobUniqueStates.All);
        await Store.DiscardAsync([dead], default);
        await JobInAsync(JobState.Succeeded, JobUniqueStates.All);
        Assert.Equal(1, await Store.PruneAsync(TimeSpan.Zero, 10, default));

        Assert.False((await Store.OfferAsync(UniqueTestJobs.New(states: JobUniqueStates.All))).AlreadyExisted);
        Assert.True((await Store.OfferAsync(UniqueTestJobs.New(states: JobUniqueStates.All))).AlreadyExisted);
    }

    [Fact]
    public async Task WhatFollowsAJobIsUnique_WhenItIsEnqueued()
    {
        await Store.EnqueueAsync(TestJobs.Many(2), default);
        IReadOnlyList<LeasedJob> jobs = await Store.TakeAsync();

        await Store.CompleteAsync([.. jobs.Select((j, i) => new JobCompletion(j.Lease) { FollowUp = new JobFollowUp { Jobs = [UniqueTestJobs.New(content: $"{i}", conflict: JobConflict.Replace)] } })], default);

        Assert.Equal("1", UniqueTestJobs.ContentOf(await Store.TakeOneAsync()));
        Assert.Equal(new JobCounts { Running = 1, Succeeded = 2 }, await Store.CountAsync(default));
    }

    [Fact]
    public async Task OccurrencesOfAScheduleAreUnique_WhenTheyAreFired()
    {
        if (!Store.Abilities.HasFlag(JobStoreAbilities.Schedules))
            return;
        EnqueuedJob waiting = await Store.OfferAsync(UniqueTestJobs.New());
        JobSchedule schedule = await Store.PutNewAsync(TestSchedules.New("a", Time.GetUtcNow()));

        Assert.Equal(ScheduleFired.Enqueued, await Store.FireScheduleAsync(TestSchedules.Step(schedule, UniqueTestJobs.New()), default));

        Assert.Equal(waiting.Id, (await Store.FindScheduleAsync("a", default))!.LastJobId);
        Assert.Equal(1, (await Store.CountAsync(default)).Queued);
    }

    private protected static (Guid, bool, EnqueueOutcome)[] Rows(params EnqueuedJob[] jobs) => [.. jobs.Select(j => (j.Id, j.AlreadyExisted, j.Outcome))];

    /// <summary>Adds a job with the key of the others that is in nobody's way, and brings it there.</summary>
    private async Task<Guid> JobInAsync(JobState state, JobUniqueStates states = JobUniqueStates.Scheduled)
    {
        JobEnvelope job = UniqueTestJobs.New(states: states, delay: state == JobState.Scheduled ? TimeSpan.FromHours(1) : default);
        Assert.False((await Store.OfferAsync(job)).AlreadyExisted);
        if (state is JobState.Running or JobState.Succeeded or JobState.DeadLettered)
        {
            LeasedJob leased = await Store.TakeOneAsync();
            if (state == JobState.Succeeded)
                await Store.CompleteAsync([leased.Lease], default);
            else if (state == JobState.DeadLettered)
                await Store.DeadLetterAsync([new JobDeath(leased.Lease, DeadLetterReason.GivenUp, "no")], default);
        }
        else if (state == JobState.Revoked)
        {
            await Store.RevokeAsync([job.Id], default);
        }

        Assert.Equal(state, await Store.StateAsync(job.Id));
        return job.Id;
    }
}
