using ProDev.Jobs.Conformance;

namespace ProDev.Jobs.Sqlite.Tests;

/// <summary>Batches that one statement takes, and batches that it cannot take as they are.</summary>
public sealed class ManyJobsTests : IDisposable
{
    private const int Count = 90;

    private readonly TempDatabase _database = new();
    private readonly SqliteJobStore _store;

    public ManyJobsTests() => _store = SqliteStores.Create(_database);

    public void Dispose()
    {
        _store.Dispose();
        _database.Dispose();
    }

    [Fact]
    public async Task JobsThatAreThereAreTold_WhenABatchHoldsSomeOfThem()
    {
        JobEnvelope[] jobs = TestJobs.Many(Count, i => TestJobs.New(key: $"{i}"));
        Guid old = await _store.AddAsync(TestJobs.New(key: "31"));
        await _store.AddAsync(jobs[55]);
        jobs[70] = jobs[71];

        IReadOnlyList<EnqueuedJob> answers = await _store.EnqueueAsync(jobs, default);

        Assert.Equal([31, 55, 71], Enumerable.Range(0, Count).Where(i => answers[i].AlreadyExisted));
        Assert.Equal(old, answers[31].Id);
        Assert.All(Enumerable.Range(0, Count).Where(i => i != 31), i => Assert.Equal(jobs[i].Id, answers[i].Id));
        Assert.Equal(Count - 1, (await _store.CountAsync(default)).Queued);
        Assert.All(await _store.EnqueueAsync(jobs, default), a => Assert.True(a.AlreadyExisted));
    }

    [Fact]
    public async Task EveryJobKeepsItsOwnFields_WhenBatchesFollowEachOther()
    {
        string bound = new('x', 10);
        JobEnvelope[] jobs = [.. Enumerable.Range(0, Count).Select(i => TestJobs.New(
            name: i % 3 == 0 ? bound : $"job.{i}", priority: i % 10, maxAttempts: 1 + i, key: i % 2 == 0 ? $"{i}" : null,
            payload: i % 5 == 0 ? [] : [(byte)i]) with { TraceState = i % 7 == 0 ? $"{i}" : null })];

        await _store.EnqueueAsync(jobs, default);

        Dictionary<Guid, JobEnvelope> taken = (await _store.TakeAsync(Count)).ToDictionary(j => j.Envelope.Id, j => j.Envelope);
        Assert.All(jobs, job =>
        {
            JobEnvelope read = taken[job.Id];
            Assert.Equal(
                (job.Name, job.Priority, job.MaxAttempts, job.IdempotencyKey, job.TraceState),
                (read.Name, read.Priority, read.MaxAttempts, read.IdempotencyKey, read.TraceState));
            Assert.Equal(job.Payload.ToArray(), read.Payload.ToArray());
        });
    }

    [Fact]
    public async Task EachJobIsTakenOnce_WhenSomeOfABatchHaveLimits()
    {
        JobEnvelope[] jobs = TestJobs.Many(Count, i => TestJobs.New() with { Group = i % 4 == 0 ? new JobGroup("one", 2) : null });
        await _store.EnqueueAsync(jobs, default);

        IReadOnlyList<LeasedJob> taken = await _store.TakeAsync(Count);

        Assert.Equal(2, taken.Count(j => j.Envelope.Group is not null));
        Assert.Equal(jobs.Where(j => j.Group is null).Select(j => j.Id), taken.Where(j => j.Envelope.Group is null).Select(j => j.Envelope.Id));
        Assert.All(taken, j => Assert.Equal(1, j.Attempt));
        Assert.All(await _store.CompleteAsync([.. taken.Select(j => j.Lease)], default), Assert.True);
        Assert.Equal(2, (await _store.TakeAsync(Count)).Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task EveryHeldLeaseIsCompletedOnce_WhenOthersInTheBatchAreNotHeld(int step)
    {
        await _store.EnqueueAsync(TestJobs.Many(Count), default);
        JobLease[] leases = [.. (await _store.TakeAsync(Count)).Select(j => j.Lease).Where((_, i) => i % step == 0).Reverse()];
        await _store.CompleteAsync([leases[4]], default);
        leases[7] = leases[6];

        IReadOnlyList<bool> answers = await _store.CompleteAsync([.. leases.Select(l => (JobCompletion)l)], default);

        Assert.Equal([4, 7], Enumerable.Range(0, leases.Length).Where(i => !answers[i]));
        Assert.Equal(leases.Length - 1, (await _store.CountAsync(default)).Succeeded);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task NoOtherJobIsTouched_WhenABatchIsCompleted(int step)
    {
        await _store.EnqueueAsync(TestJobs.Many(Count), default);
        JobLease[] leases = [.. (await _store.TakeAsync(Count)).Select(j => j.Lease)];
        JobLease[] some = [.. leases.Skip(6).Take(60).Where((_, i) => i % step == 0)];

        Assert.All(await _store.CompleteAsync([.. some.Select(l => (JobCompletion)l)], default), Assert.True);

        foreach (JobLease lease in leases)
            Assert.Equal(some.Contains(lease) ? JobState.Succeeded : JobState.Running, await _store.StateAsync(lease.JobId));
    }

    [Fact]
    public async Task NothingIsCompleted_WhenTheJobsAreHeldByALaterLease()
    {
        await _store.EnqueueAsync(TestJobs.Many(Count), default);
        JobLease[] first = [.. (await _store.TakeAsync(Count)).Select(j => j.Lease)];
        await _store.ReturnAsync(first, default);
        Assert.Equal(Count, (await _store.TakeAsync(Count)).Count);

        Assert.All(await _store.CompleteAsync([.. first.Select(l => (JobCompletion)l)], default), Assert.False);
        Assert.Equal(Count, (await _store.CountAsync(default)).Running);
    }
}
