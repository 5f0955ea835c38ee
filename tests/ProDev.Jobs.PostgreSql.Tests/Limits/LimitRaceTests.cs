using System.Collections.Concurrent;
using System.Globalization;
using ProDev.Jobs.Conformance;

namespace ProDev.Jobs.PostgreSql.Tests;

/// <summary>Groups and rates with two stores, as two processes would have them, on the clock of the database.</summary>
[Trait("Requires", "PostgreSQL")]
public sealed class LimitRaceTests : IDisposable
{
    private const int Limit = 2;

    private readonly TempSchema _schema = new();

    public void Dispose() => _schema.Dispose();

    [Fact]
    public async Task NothingIsExceededForgottenOrLeft_WhenEverythingRaces()
    {
        const int Count = 400;
        await using PostgreSqlJobStore one = _schema.CreateStore();
        await using PostgreSqlJobStore two = _schema.CreateStore();
        JobEnvelope[] jobs = TestJobs.Many(Count, static i => TestJobs.New(queue: i % 3 == 0 ? "other" : "default", priority: i % 5) with
        {
            MaxAttempts = 100,
            Group = i % 4 == 0 ? null : new JobGroup(string.Create(CultureInfo.InvariantCulture, $"g{i % 5}"), Limit),
            Rate = i % 2 == 0 ? null : JobRate.Parse("500/s", burst: 5),
            RateKey = i % 2 == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"r{i % 3}"),
        });
        var running = new ConcurrentDictionary<string, int>();
        var exceeded = new ConcurrentQueue<int>();
        long started = TimeProvider.System.GetTimestamp();
        Task enqueuing = Task.Run(async () =>
        {
            foreach (JobEnvelope[] chunk in jobs.Chunk(20))
                await one.EnqueueAsync(chunk, default);
        });
        Task revoking = Task.Run(async () =>
        {
            await enqueuing;
            foreach (JobEnvelope[] chunk in jobs.Where(static (_, i) => i % 7 == 0).Chunk(4))
                await two.RevokeAsync([.. chunk.Select(static j => j.Id)], default);
        });

        await Task.WhenAll(Enumerable.Range(0, 8).Select(w => Task.Run(async () =>
        {
            var random = new Random(w);
            PostgreSqlJobStore store = w % 2 == 0 ? one : two;
            while (!revoking.IsCompleted || (await store.CountAsync(default)).Pending > 0)
            {
                JobCounts counts = await store.CountAsync(default);
                Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromMinutes(2), $"Nothing moves any more: {counts}");
                IReadOnlyList<LeasedJob> taken = await store.TakeAsync(random.Next(1, 9), w % 3 == 0 ? ["other", "default"] : ["default", "other"]);
                foreach (LeasedJob job in taken.Where(static j => j.Envelope.Group is not null))
                {
                    if (running.AddOrUpdate(job.Envelope.Group!.Key, 1, static (_, n) => n + 1) is > Limit and int now)
                        exceeded.Enqueue(now);
                }

                await Task.Yield();
                foreach (LeasedJob job in taken.Where(static j => j.Envelope.Group is not null))
                    running.AddOrUpdate(job.Envelope.Group!.Key, 0, static (_, n) => n - 1);
                if (taken.Count > 0)
                    await SettleAsync(store, taken, random);
            }
        })));
        await revoking;

        Assert.Empty(exceeded);
        JobCounts last = await one.CountAsync(default);
        Assert.Equal((Count, 0), (last.Succeeded + last.Revoked, last.Pending));
        Assert.Equal(0L, _schema.Scalar($"SELECT (SELECT count(*) FROM {_schema.Name}.parked) + (SELECT count(*) FROM {_schema.Name}.limit_group)"));
    }

    [Fact]
    public async Task FullBucketsAreDeleted_WhenOthersAreUsed()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        await using PostgreSqlJobStore store = _schema.CreateStore(time);
        await store.EnqueueAsync(
            TestJobs.Many(300, static i => TestJobs.New() with { Rate = JobRate.Parse("1/s"), RateKey = string.Create(CultureInfo.InvariantCulture, $"k{i}") }), default);
        Assert.Equal(300, (await store.TakeAsync(300)).Count);
        Assert.Equal(300L, Buckets());
        time.Advance(TimeSpan.FromSeconds(2));

        await store.EnqueueAsync(TestJobs.Many(300, static i => TestJobs.New() with { Rate = JobRate.Parse("1/s"), RateKey = "one" }), default);
        await store.TakeAsync(1);
        for (int i = 0; i < 30; i++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await store.TakeAsync(1);
        }

        Assert.Equal(1L, Buckets());
    }

    private object? Buckets() => _schema.Scalar($"SELECT count(*) FROM {_schema.Name}.limit_bucket");

    private static async Task SettleAsync(PostgreSqlJobStore store, IReadOnlyList<LeasedJob> jobs, Random random)
    {
        switch (random.Next(5))
        {
            case 0:
                await store.RetryAsync([.. jobs.Select(static j => new JobRetry(j.Lease, TimeSpan.Zero, "again"))], default);
                break;
            case 1:
                await store.ReturnAsync([.. jobs.Select(static j => j.Lease)], default);
                break;
            default:
                await store.CompleteAsync([.. jobs.Select(static j => (JobCompletion)j.Lease)], default);
                break;
        }
    }
}
