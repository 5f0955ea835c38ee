namespace ProDev.Jobs.Conformance;

/// <summary>Unique jobs: what becomes of one that waits when it is replaced or rescheduled.</summary>
public abstract class StoreUniqueChangeTests : StoreTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task WaitingJobBecomesTheNewOneUnderItsId_WhenItIsReplaced()
    {
        DateTimeOffset enqueuedAt = Time.GetUtcNow();
        EnqueuedJob first = await Store.OfferAsync(UniqueTestJobs.New() with { IdempotencyKey = "once", Headers = Headers("old"), Tags = ["old"], Version = 2 });
        Time.Advance(Hour);
        JobEnvelope next = UniqueTestJobs.New(content: "2", conflict: JobConflict.Replace, period: TimeSpan.FromDays(1)) with
        {
            Queue = "bulk",
            Priority = 7,
            MaxAttempts = 9,
            Headers = Headers("new"),
            TraceParent = "parent",
            Expires = Hour,
        };

        EnqueuedJob second = await Store.OfferAsync(next);

        Assert.Equal((first.Id, true, EnqueueOutcome.Replaced), (second.Id, second.AlreadyExisted, second.Outcome));
        JobInfo info = (await Store.FindAsync(first.Id, default))!;
        Assert.Equal(("bulk", 7, 9, JobState.Queued), (info.Queue, info.Priority, info.MaxAttempts, info.State));
        Assert.Equal((enqueuedAt, Time.GetUtcNow()), (info.EnqueuedAt, info.RunAt));
        JobEnvelope taken = Assert.Single(await Store.TakeAsync(9, "bulk", "default")).Envelope;
        JobEnvelope expected = next with { Id = first.Id, IdempotencyKey = "once", Expires = null, ExpiresAt = Time.GetUtcNow() + Hour };
        Assert.Equal(JobEnvelopeCodec.Write(expected), JobEnvelopeCodec.Write(taken));
        Assert.True((await Store.OfferAsync(TestJobs.New() with { IdempotencyKey = "once" })).AlreadyExisted);
    }

    [Fact]
    public async Task AttemptsErrorsAndNotesAreForgotten_WhenAJobIsReplacedThatWaitsForItsNextAttempt()
    {
        Guid id = (await Store.OfferAsync(UniqueTestJobs.New())).Id;
        LeasedJob old = await Store.TakeOneAsync();
        await Store.NoteAsync(old.Lease, "step", "1"u8.ToArray(), default);
        await Store.RetryAsync([new JobRetry(old.Lease, Hour, "boom")], default);

        Assert.Equal(EnqueueOutcome.Replaced, (await Store.OfferAsync(UniqueTestJobs.New(content: "2", conflict: JobConflict.Replace))).Outcome);

        JobInfo info = (await Store.FindAsync(id, default))!;
        Assert.Equal((JobState.Queued, 0, null, null), (info.State, info.Attempt, info.Error, info.StartedAt));
        Assert.Empty(await Store.ReadNotesAsync(id, default));
        LeasedJob job = await Store.TakeOneAsync();
        Assert.Equal((id, 1, "2"), (job.Lease.JobId, job.Attempt, UniqueTestJobs.ContentOf(job)));
        Assert.True(job.Lease.Token > old.Lease.Token);
        Assert.Equal([false], await Store.CompleteAsync([old.Lease], default));
        Assert.Equal([true], await Store.CompleteAsync([job.Lease], default));
    }

    [Theory]
    [InlineData(JobConflict.Replace)]
    [InlineData(JobConflict.Reschedule)]
    public async Task RunningJobIsLeftAsItIs(JobConflict conflict)
    {
        EnqueuedJob first = await Store.OfferAsync(UniqueTestJobs.New());
        LeasedJob running = await Store.TakeOneAsync();

        EnqueuedJob second = await Store.OfferAsync(UniqueTestJobs.New(content: "2", conflict: conflict, delay: Hour));

        Assert.Equal((first.Id, true, EnqueueOutcome.Existed), (second.Id, second.AlreadyExisted, second.Outcome));
        await Store.RetryAsync([new JobRetry(running.Lease, TimeSpan.Zero, "again")], default);
        LeasedJob again = await Store.TakeOneAsync();
        Assert.Equal(("1", 2), (UniqueTestJobs.ContentOf(again), again.Attempt));
        await Store.CompleteAsync([again.Lease], default);
        EnqueuedJob third = await Store.OfferAsync(UniqueTestJobs.New(content: "3", conflict: conflict, states: JobUniqueStates.All));
        Assert.Equal((first.Id, EnqueueOutcome.Existed), (third.Id, third.Outcome));
    }

    [Fact]
    public async Task WaitingJobGetsTheNewTimeAndNothingElse_WhenItIsRescheduled()
    {
        EnqueuedJob first = await Store.OfferAsync(UniqueTestJobs.New(delay: Hour) with { Priority = 3, Expires = TimeSpan.FromDays(2) });
        JobEnvelope next = UniqueTestJobs.New(content: "2", conflict: JobConflict.Reschedule) with { Queue = "bulk", Priority = 9 };
        Time.Advance(TimeSpan.FromMinutes(50));

        EnqueuedJob later = await Store.OfferAsync(next with { Delay = Hour });
        Time.Advance(TimeSpan.FromMinutes(20));
        Assert.Empty(await Store.TakeAsync(9, "default", "bulk"));
        EnqueuedJob sooner = await Store.OfferAsync(next with { RunAt = Time.GetUtcNow().AddMinutes(1) });
        Time.Advance(TimeSpan.FromMinutes(1));
        LeasedJob job = await Store.TakeOneAsync();

        Assert.All([later, sooner], a => Assert.Equal((first.Id, true, EnqueueOutcome.Rescheduled), (a.Id, a.AlreadyExisted, a.Outcome)));
        Assert.Equal(("1", 3, TimeSpan.FromDays(2)), (UniqueTestJobs.ContentOf(job), job.Envelope.Priority, job.Envelope.Expires));
        Assert.Equal(Time.GetUtcNow(), (await Store.FindAsync(first.Id, default))!.RunAt);
    }

    [Fact]
    public async Task AttemptsAreKept_WhenAJobIsRescheduledThatWaitsForItsNextAttempt()
    {
        await Store.OfferAsync(UniqueTestJobs.New());
        LeasedJob old = await Store.TakeOneAsync();
        await Store.NoteAsync(old.Lease, "step", "1"u8.ToArray(), default);
        await Store.RetryAsync([new JobRetry(old.Lease, Hour, "boom")], default);

        await Store.OfferAsync(UniqueTestJobs.New(content: "2", conflict: JobConflict.Reschedule));

        LeasedJob job = await Store.TakeOneAsync();
        Assert.Equal(("1", 2), (UniqueTestJobs.ContentOf(job), job.Attempt));
        Assert.Single(await Store.ReadNotesAsync(job.Lease.JobId, default));
        Assert.Equal("boom", (await Store.FindAsync(job.Lease.JobId, default))!.Error);
    }

    [Theory]
    [InlineData(JobConflict.Replace)]
    [InlineData(JobConflict.Reschedule)]
    public async Task JobGoesFromReadyToScheduledAndBack_AsTheTimesSay(JobConflict conflict)
    {
        Guid id = (await Store.OfferAsync(UniqueTestJobs.New())).Id;

        await Store.OfferAsync(UniqueTestJobs.New(conflict: conflict, delay: Hour));
        Assert.Equal(JobState.Scheduled, await Store.StateAsync(id));
        Assert.Empty(await Store.TakeAsync());
        await Store.OfferAsync(UniqueTestJobs.New(conflict: conflict));
        Assert.Equal(JobState.Queued, await Store.StateAsync(id));

        Assert.Equal(id, (await Store.TakeOneAsync()).Lease.JobId);
    }

    [Theory]
    [InlineData(JobConflict.Replace)]
    [InlineData(JobConflict.Reschedule)]
    public async Task PeriodCountsFromTheFirstJob_SoThatNothingIsPutOffForEver(JobConflict conflict)
    {
        JobEnvelope Next() => UniqueTestJobs.New(conflict: conflict, period: Hour, delay: TimeSpan.FromMinutes(30));

        EnqueuedJob first = await Store.OfferAsync(Next());
        Time.Advance(TimeSpan.FromMinutes(29));
        EnqueuedJob second = await Store.OfferAsync(Next());
        Time.Advance(TimeSpan.FromMinutes(29));
        EnqueuedJob third = await Store.OfferAsync(Next());
        Time.Advance(TimeSpan.FromMinutes(2));
        EnqueuedJob fourth = await Store.OfferAsync(Next());

        Assert.Equal([first.Id, first.Id], [second.Id, third.Id]);
        Assert.False(fourth.AlreadyExisted);
        Time.Advance(TimeSpan.FromMinutes(28));
        Assert.Equal(first.Id, (await Store.TakeOneAsync()).Lease.JobId);
    }

    [Fact]
    public async Task LastOneCounts_WhenJobsOfOneCallReplaceEachOther()
    {
        await Store.OfferAsync(UniqueTestJobs.New("a", content: "0"));
        JobEnvelope b = UniqueTestJobs.New("b", content: "1", conflict: JobConflict.Replace);

        IReadOnlyList<EnqueuedJob> answers = await Store.EnqueueAsync(
            [
                UniqueTestJobs.New("a", content: "1", conflict: JobConflict.Replace), b, UniqueTestJobs.New("a", content: "2", conflict: JobConflict.Replace),
                UniqueTestJobs.New("b", content: "2", conflict: JobConflict.Replace), UniqueTestJobs.New("a"), UniqueTestJobs.New("a", content: "3", conflict: JobConflict.Reschedule),
            ],
            default);

        Assert.Equal(
            [
                EnqueueOutcome.Replaced, EnqueueOutcome.Enqueued, EnqueueOutcome.Replaced, EnqueueOutcome.Replaced, EnqueueOutcome.Existed,
                EnqueueOutcome.Rescheduled,
            ],
            answers.Select(a => a.Outcome));
        Assert.Equal(2, answers.Select(a => a.Id).Distinct().Count());
        Assert.Equal(["2", "2"], (await Store.TakeAsync()).Select(UniqueTestJobs.ContentOf));
    }

    [Fact]
    public async Task WorkersAreWoken_WhenAJobIsDueSoonerThanItWas()
    {
        await Store.OfferAsync(UniqueTestJobs.New(delay: TimeSpan.FromDays(1)));
        Task waiting = Store.WaitForWorkAsync(["default"], TimeSpan.FromHours(2), default);

        await Store.OfferAsync(UniqueTestJobs.New(conflict: JobConflict.Reschedule));

        await waiting.WaitAsync(TimeSpan.FromSeconds(20));
        await Store.TakeOneAsync();
    }

    private static Dictionary<string, string> Headers(string value) => new(StringComparer.Ordinal) { ["h"] = value };
}
