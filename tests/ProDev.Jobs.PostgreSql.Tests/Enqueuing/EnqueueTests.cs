using ProDev.Jobs.Conformance;

namespace ProDev.Jobs.PostgreSql.Tests;

[Trait("Requires", "PostgreSQL")]
public sealed class EnqueueTests : IDisposable
{
    private readonly TempSchema _schema = new();

    public void Dispose() => _schema.Dispose();

    [Fact]
    public async Task OneJobIsEnqueued_WhenTwoStoresEnqueueTheSameIdsAtOnce()
    {
        await using PostgreSqlJobStore one = _schema.CreateStore();
        await using PostgreSqlJobStore two = _schema.CreateStore();
        await Task.WhenAll(one.OpenAsync(default).AsTask(), two.OpenAsync(default).AsTask());

        for (int round = 0; round < 20; round++)
        {
            JobEnvelope[] jobs = TestJobs.Many(50);
            JobEnvelope[] reversed = [.. jobs.Reverse()];
            IReadOnlyList<EnqueuedJob>[] answers = await Task.WhenAll(
                Task.Run(async () => await one.EnqueueAsync(jobs, default)), Task.Run(async () => await two.EnqueueAsync(reversed, default)));

            Assert.Equal(50, answers.SelectMany(a => a).Count(a => !a.AlreadyExisted));
            Assert.Equal(jobs.Select(j => j.Id), answers[0].Select(a => a.Id));
            Assert.Equal(reversed.Select(j => j.Id), answers[1].Select(a => a.Id));
        }

        Assert.Equal(20 * 50, (await one.CountAsync(default)).Queued);
    }

    [Fact]
    public async Task JobStaysOne_WhenItIsEnqueuedAgainWhileOthersClaimAndCompleteIt()
    {
        await using PostgreSqlJobStore one = _schema.CreateStore();
        await using PostgreSqlJobStore two = _schema.CreateStore();
        JobEnvelope[] jobs = TestJobs.Many(100);
        int accepted = 0, done = 0;
        Task producing = Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            foreach (JobEnvelope job in jobs)
            {
                if (!(await one.EnqueueAsync([job], default))[0].AlreadyExisted)
                    Interlocked.Increment(ref accepted);
            }
        })));

        while (done < jobs.Length)
        {
            IReadOnlyList<LeasedJob> taken = await two.TakeAsync(3);
            if (taken.Count > 0)
                done += (await two.CompleteAsync([.. taken.Select(j => j.Lease)], default)).Count(a => a);
        }

        await producing;
        Assert.Equal(jobs.Length, accepted);
        Assert.Equal(new JobCounts { Succeeded = jobs.Length }, await one.CountAsync(default));
    }

    [Fact]
    public async Task KeysAreTakenOnce_WhenTwoStoresEnqueueThemInOppositeOrders()
    {
        await using PostgreSqlJobStore one = _schema.CreateStore();
        await using PostgreSqlJobStore two = _schema.CreateStore();
        await Task.WhenAll(one.OpenAsync(default).AsTask(), two.OpenAsync(default).AsTask());

        JobEnvelope[] ascending = TestJobs.Many(200, i => TestJobs.New(key: $"key-{i}"));
        JobEnvelope[] descending = TestJobs.Many(200, i => TestJobs.New(key: $"key-{199 - i}"));
        IReadOnlyList<EnqueuedJob>[] answers = await Task.WhenAll(
            Task.Run(async () => await one.EnqueueAsync(ascending, default)), Task.Run(async () => await two.EnqueueAsync(descending, default)));

        Assert.Equal(200, answers.SelectMany(a => a).Count(a => !a.AlreadyExisted));
        Assert.Equal(answers[0].Select(a => a.Id), answers[1].Select(a => a.Id).Reverse());
        Assert.Equal(200, (await one.CountAsync(default)).Queued);
    }

    [Fact]
    public async Task AllAreTakenInOrder_WhenTheyDoNotFitIntoOneStatement()
    {
        await using PostgreSqlJobStore store = _schema.CreateStore();
        JobEnvelope[] jobs = TestJobs.Many(2500);
        JobEnvelope[] withTwins = [.. jobs, .. jobs.Take(10)];

        IReadOnlyList<EnqueuedJob> answers = await store.EnqueueAsync(withTwins, default);

        Assert.Equal(jobs.Length, answers.Count(a => !a.AlreadyExisted));
        Assert.Equal(withTwins.Select(j => j.Id), answers.Select(a => a.Id));
        Assert.Equal(jobs.Select(j => j.Id), (await store.TakeAsync(3000)).Select(j => j.Lease.JobId));
    }

    [Fact]
    public async Task NothingIsTaken_WhenALaterStatementOfTheCallFails()
    {
        await using PostgreSqlJobStore store = _schema.CreateStore();
        await store.OpenAsync(default);
        _schema.Execute($"ALTER TABLE {_schema.Name}.ready ADD CHECK (name <> 'refused')");
        JobEnvelope[] jobs = [.. TestJobs.Many(1000), TestJobs.New(name: "refused")];

        await Assert.ThrowsAsync<JobStoreException>(async () => await store.EnqueueAsync(jobs, default));

        Assert.Equal(0, (await store.CountAsync(default)).Queued);
        Assert.Equal(1000, (await store.EnqueueAsync(jobs[..1000], default)).Count(a => !a.AlreadyExisted));
    }

    [Fact]
    public async Task DelayAndTimeComeBackUnchanged_WhenFetched()
    {
        await using PostgreSqlJobStore store = _schema.CreateStore();
        var delay = TimeSpan.FromTicks(12_345_671);
        var time = new DateTimeOffset(2020, 1, 2, 3, 4, 5, 678, TimeSpan.FromHours(-7));
        await store.AddAsync(TestJobs.New(runAt: time));
        await store.AddAsync(TestJobs.New(delay: TimeSpan.FromSeconds(-1)));
        Guid delayed = await store.AddAsync(TestJobs.New(delay: delay));
        _schema.Execute($"UPDATE {_schema.Name}.scheduled SET run_at = now()");

        IReadOnlyList<LeasedJob> jobs = await store.TakeAsync();

        Assert.Equal((time, TimeSpan.FromHours(-7)), (jobs[0].Envelope.RunAt, jobs[0].Envelope.RunAt!.Value.Offset));
        Assert.Equal(TimeSpan.FromSeconds(-1), jobs[1].Envelope.Delay);
        Assert.Equal((delayed, delay, null), (jobs[2].Lease.JobId, jobs[2].Envelope.Delay, jobs[2].Envelope.RunAt));
    }

    [Fact]
    public async Task DurationsAreCutToTheCalendar_WhenTheyAreEndless()
    {
        await using PostgreSqlJobStore store = _schema.CreateStore();
        await store.AddAsync(TestJobs.New(runAt: DateTimeOffset.MinValue));
        Guid never = await store.AddAsync(TestJobs.New(delay: TimeSpan.MaxValue));
        Guid last = await store.AddAsync(TestJobs.New(runAt: DateTimeOffset.MaxValue));
        LeasedJob first = await store.TakeOneAsync();
        await store.RetryAsync([new JobRetry(first.Lease, TimeSpan.MaxValue, "x")], default);

        foreach (Guid id in (Guid[])[first.Lease.JobId, never, last])
            Assert.True((await store.FindAsync(id, default))!.RunAt.Year > 3000);
        Assert.Equal(0, await store.PruneAsync(TimeSpan.MaxValue, 10, default));
    }

    /// <summary>By number, because attributes cannot hold half of a surrogate pair either.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(0xD83D)]
    [InlineData(0xDE00)]
    public async Task KeyIsRefused_WhenPostgreSqlCannotStoreIt(int character)
    {
        string key = $"a{(char)character}b";
        await using PostgreSqlJobStore store = _schema.CreateStore();

        var error = await Assert.ThrowsAsync<ArgumentException>(async () => await store.EnqueueAsync([TestJobs.New(key: key)], default));

        Assert.StartsWith("The idempotency key of the job 'test.job' contains U+0000 or half of a surrogate pair", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, (await store.CountAsync(default)).Queued);
    }

    [Fact]
    public async Task HeaderAndPayloadComeBackUnchanged_WhenTheyContainNul()
    {
        await using PostgreSqlJobStore store = _schema.CreateStore();
        await store.AddAsync(new JobEnvelope
        {
            Id = Guid.CreateVersion7(),
            Name = "test.job",
            Payload = new byte[] { 0, 1 },
            Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["nul"] = "a\0b" },
        });

        LeasedJob job = await store.TakeOneAsync();

        Assert.Equal("a\0b", job.Envelope.Headers["nul"]);
        Assert.Equal([0, 1], job.Envelope.Payload.ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0xD83D)]
    [InlineData(0xDE00)]
    public async Task ErrorIsKeptWithReplacements_WhenPostgreSqlCannotStoreIt(int character)
    {
        string error = $"whole \uD83D\uDE00, bad {(char)character}";
        const string kept = "whole \uD83D\uDE00, bad \uFFFD";
        await using PostgreSqlJobStore store = _schema.CreateStore();
        Guid retried = await store.AddAsync(TestJobs.New());
        Assert.Equal([true], await store.RetryAsync([new JobRetry((await store.TakeOneAsync()).Lease, TimeSpan.FromHours(1), error)], default));
        Guid dead = await store.AddAsync(TestJobs.New());
        Assert.Equal([true], await store.DeadLetterAsync([new JobDeath((await store.TakeOneAsync()).Lease, DeadLetterReason.GivenUp, error)], default));

        Assert.Equal(kept, (await store.FindAsync(retried, default))!.Error);
        Assert.Equal(kept, (await store.FindAsync(dead, default))!.Error);
    }
}
