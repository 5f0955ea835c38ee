using Microsoft.Extensions.Time.Testing;
using ProDev.Jobs.Conformance;

namespace ProDev.Jobs.PostgreSql.Tests;

[Trait("Requires", "PostgreSQL")]
public sealed class ClaimTests : IDisposable
{
    private readonly TempSchema _schema = new();

    public void Dispose() => _schema.Dispose();

    [Fact]
    public async Task NoJobIsLeasedTwice_WhenTwoStoresShareTheSchema()
    {
        const int Count = 1000;
        await using PostgreSqlJobStore one = _schema.CreateStore();
        await using PostgreSqlJobStore two = _schema.CreateStore();
        await one.EnqueueAsync(TestJobs.Many(Count), default);

        IReadOnlyList<Guid>[] taken = await Task.WhenAll(TakeAllAsync(one), TakeAllAsync(two), TakeAllAsync(one), TakeAllAsync(two));

        Assert.Equal(Count, taken.Sum(t => t.Count));
        Assert.Equal(Count, taken.SelectMany(t => t).Distinct().Count());
    }

    [Fact]
    public async Task EveryJobIsFetched_WhenMoreBecomeDueThanOneStatementPromotes()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        await using PostgreSqlJobStore store = _schema.CreateStore(time);
        await store.EnqueueAsync(TestJobs.Many(2500, i => TestJobs.New(queue: i < 2490 ? "others" : "default", delay: TimeSpan.FromSeconds(1))), default);
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(10, (await store.TakeAsync(100)).Count);
    }

    [Fact]
    public async Task QueuesAreServedInTheRequestedOrder_WhenTheFirstFillsTheFetch()
    {
        await using PostgreSqlJobStore store = _schema.CreateStore();
        await store.EnqueueAsync(TestJobs.Many(30, i => TestJobs.New(queue: $"q{i % 3}", priority: i % 10)), default);

        IReadOnlyList<LeasedJob> jobs = await store.TakeAsync(15, "q2", "q0", "q1");

        Assert.Equal(Enumerable.Repeat("q2", 10).Concat(Enumerable.Repeat("q0", 5)), jobs.Select(j => j.Envelope.Queue));
        Assert.Equal(jobs.Take(10).Select(j => j.Envelope.Priority).OrderDescending(), jobs.Take(10).Select(j => j.Envelope.Priority));
        Assert.Equal(jobs.Skip(10).Select(j => j.Envelope.Priority).OrderDescending(), jobs.Skip(10).Select(j => j.Envelope.Priority));
    }

    [Theory]
    [InlineData(-10)]
    [InlineData(10)]
    public async Task ClockOfTheProcessDoesNotMatter_WhenItIsWrong(int minutes)
    {
        // The process is minutes off; nobody has told the store to use its clock.
        var wrong = new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddMinutes(minutes));
        await using var store = new PostgreSqlJobStore(_schema.CreateOptions(), wrong);
        await using PostgreSqlJobStore right = _schema.CreateStore();
        Guid delayed = await store.AddAsync(TestJobs.New(delay: TimeSpan.FromMinutes(5)));
        Guid ready = await store.AddAsync(TestJobs.New());

        LeasedJob job = Assert.Single(await store.TakeAsync());

        Assert.Equal(ready, job.Lease.JobId);
        Assert.Empty(await right.RescueAsync(10, default));
        Assert.Empty(await store.RescueAsync(10, default));
        DateTimeOffset now = DatabaseTime();
        Assert.InRange(job.LeasedAt!.Value, now.AddMinutes(-1), now);
        Assert.InRange((await right.FindAsync(delayed, default))!.RunAt, now.AddMinutes(4), now.AddMinutes(5));
        Assert.Empty(await right.TakeAsync());
    }

    [Fact]
    public async Task LeaseEndsByTheClockOfTheDatabase_WhenItRunsOut()
    {
        await using PostgreSqlJobStore store = _schema.CreateStore();
        await store.AddAsync(TestJobs.New());
        LeasedJob late = await store.TakeOneAsync();
        _schema.Execute($"UPDATE {_schema.Name}.running SET lease_until = clock_timestamp()");

        Assert.Equal(late.Lease.JobId, Assert.Single(await store.RescueAsync(10, default)).Id);

        LeasedJob again = await store.TakeOneAsync();
        Assert.Equal((2, 2L), (again.Attempt, again.Lease.Token));
        Assert.Equal([false], await store.CompleteAsync([late.Lease], default));
    }

    [Fact]
    public async Task TokensGrowByOneFromOne_AlsoAfterAReturn()
    {
        await using PostgreSqlJobStore store = _schema.CreateStore();
        await store.AddAsync(TestJobs.New());
        for (long token = 1; token <= 3; token++)
        {
            LeasedJob job = await store.TakeOneAsync();
            Assert.Equal((token, 1), (job.Lease.Token, job.Attempt));
            await store.ReturnAsync([job.Lease], default);
        }
    }

    [Fact]
    public async Task OnlyTheFirstCounts_WhenACallNamesTheSameLeaseTwice()
    {
        await using PostgreSqlJobStore store = _schema.CreateStore();
        await store.AddAsync(TestJobs.New());
        JobLease lease = (await store.TakeOneAsync()).Lease;

        Assert.Equal([true, false, false], await store.CompleteAsync([lease, lease, lease with { Token = 7 }], default));
    }

    [Fact]
    public async Task AllAnswer_WhenExtensionsAndCompletionsOfTheSameJobsRace()
    {
        await using PostgreSqlJobStore store = _schema.CreateStore();
        for (int round = 0; round < 10; round++)
        {
            await store.EnqueueAsync(TestJobs.Many(100), default);
            JobLease[] leases = [.. (await store.TakeAsync()).Select(j => j.Lease)];
            JobLease[] reversed = [.. leases.Reverse()];

            IReadOnlyList<bool>[] answers = await Task.WhenAll(
                Task.Run(async () => await store.CompleteAsync([.. leases], default)),
                Task.Run(async () => await store.ExtendAsync(reversed, TestJobs.Lease, default)),
                Task.Run(async () => await store.ExtendAsync(leases, TestJobs.Lease, default)));

            Assert.All(answers[0], Assert.True);
        }

        Assert.Equal(new JobCounts { Succeeded = 1000 }, await store.CountAsync(default));
    }

    [Fact]
    public async Task RescuedJobSaysTheSameAsInMemory_WhenItsWorkerWasLost()
    {
        await using PostgreSqlJobStore store = _schema.CreateStore();
        Guid id = await store.AddAsync(TestJobs.New(maxAttempts: 4));
        await store.TakeOneAsync();
        _schema.Execute($"UPDATE {_schema.Name}.running SET lease_until = clock_timestamp()");
        await store.RescueAsync(10, default);

        Assert.Equal(
            "Attempt 1 of 4 never answered: its worker died, hung, or lost its connection until the lease ran out.",
            (await store.FindAsync(id, default))!.Error);
    }

    private DateTimeOffset DatabaseTime() => new((DateTime)_schema.Scalar("SELECT clock_timestamp()")!, TimeSpan.Zero);

    private static async Task<IReadOnlyList<Guid>> TakeAllAsync(PostgreSqlJobStore store)
    {
        var taken = new List<Guid>();
        while (await store.TakeAsync(7) is { Count: > 0 } jobs)
            taken.AddRange(jobs.Select(j => j.Lease.JobId));
        return taken;
    }
}
