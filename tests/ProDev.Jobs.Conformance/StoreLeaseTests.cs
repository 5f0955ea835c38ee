namespace ProDev.Jobs.Conformance;

/// <summary>Leases, fencing and hand-back. Needs no ability.</summary>
public abstract class StoreLeaseTests : StoreTests
{
    [Fact]
    public async Task EnvelopeComesBackUnchanged_WhenFetched()
    {
        var sent = new JobEnvelope
        {
            Id = Guid.CreateVersion7(),
            Name = "orders.charge",
            Version = 3,
            Payload = new byte[] { 0, 255, 10, 13, 34 },
            ContentType = "application/octet-stream",
            Queue = "critical",
            Priority = 7,
            MaxAttempts = 8,
            IdempotencyKey = "payment/42 ünïcode",
            Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["tenant"] = "東京", ["empty"] = "" },
            TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            TraceState = "vendor=1",
        };
        await Store.AddAsync(sent);

        LeasedJob job = Assert.Single(await Store.TakeAsync(1, "critical"));

        JobEnvelope got = job.Envelope;
        Assert.Equal(sent.Payload.ToArray(), got.Payload.ToArray());
        Assert.Equal(sent.Headers, got.Headers);
        Assert.Equal(
            (sent.Id, sent.Name, sent.Version, sent.ContentType, sent.Queue, sent.Priority, sent.MaxAttempts),
            (got.Id, got.Name, got.Version, got.ContentType, got.Queue, got.Priority, got.MaxAttempts));
        Assert.Equal((sent.IdempotencyKey, sent.TraceParent, sent.TraceState), (got.IdempotencyKey, got.TraceParent, got.TraceState));
        Assert.Equal((sent.Id, 1, Time.GetUtcNow()), (job.Lease.JobId, job.Attempt, job.EnqueuedAt));
    }

    [Fact]
    public async Task ManyAreCompletedAtOnce_EachWithItsOwnAnswer()
    {
        await Store.EnqueueAsync(TestJobs.Many(3), default);
        IReadOnlyList<LeasedJob> jobs = await Store.TakeAsync();
        await Store.CompleteAsync([jobs[1].Lease], default);

        IReadOnlyList<bool> answers = await Store.CompleteAsync([.. jobs.Select(j => j.Lease)], default);

        Assert.Equal([true, false, true], answers);
        Assert.Empty(await Store.TakeAsync());
    }

    [Fact]
    public async Task RetriedJobIsReadyAtOnce_WhenTheDelayIsZero()
    {
        await Store.AddAsync(TestJobs.New());
        LeasedJob job = await Store.TakeOneAsync();
        await Store.RetryAsync([new JobRetry(job.Lease, TimeSpan.Zero, "boom")], default);

        Assert.Equal(2, (await Store.TakeOneAsync()).Attempt);
    }

    [Fact]
    public async Task UnknownLeaseIsRefused_WhateverIsAsked()
    {
        var never = new JobLease(Guid.CreateVersion7(), 1, 12345);

        Assert.Equal([false], await Store.CompleteAsync([never], default));
        Assert.Equal([false], await Store.ExtendAsync([never], TestJobs.Lease, default));
        Assert.Equal([false], await Store.ReturnAsync([never], default));
    }

    [Fact]
    public async Task HeldLeaseIsExtended_UntilTheJobIsSettled()
    {
        await Store.AddAsync(TestJobs.New());
        LeasedJob job = await Store.TakeOneAsync();

        Assert.Equal([true], await Store.ExtendAsync([job.Lease], TestJobs.Lease, default));
        Assert.Equal([true], await Store.CompleteAsync([job.Lease], default));
        Assert.Equal([false], await Store.ExtendAsync([job.Lease], TestJobs.Lease, default));
    }

    [Theory]
    [InlineData("return", 1)]
    [InlineData("retry", 2)]
    [InlineData("nap", 1)]
    public async Task JobComesAgainWithAHigherToken_AndTheLeaseBeforeIsRefused(string how, int attempt)
    {
        await Store.AddAsync(TestJobs.New());
        LeasedJob first = await Store.TakeOneAsync();

        Assert.Equal([true], await (how == "return"
            ? Store.ReturnAsync([first.Lease], default)
            : Store.RetryAsync([new JobRetry(first.Lease, TimeSpan.Zero, "again") { IsUncharged = how == "nap" }], default)));

        LeasedJob second = await Store.TakeOneAsync();
        Assert.Equal((first.Lease.JobId, attempt, first.EnqueuedAt), (second.Lease.JobId, second.Attempt, second.EnqueuedAt));
        Assert.True(second.Lease.Token > first.Lease.Token);
        Assert.Equal([false], await Store.CompleteAsync([first.Lease], default));
        Assert.Equal([false], await Store.RetryAsync([new JobRetry(first.Lease, TimeSpan.Zero, "late")], default));
        Assert.Equal([false], await Store.DeadLetterAsync([new JobDeath(first.Lease, DeadLetterReason.GivenUp, "late")], default));
        Assert.Equal([false], await Store.ReturnAsync([first.Lease], default));
        Assert.Equal([true], await Store.CompleteAsync([second.Lease], default));
    }

    [Fact]
    public async Task DeadLetterIsNotFetchedAgain()
    {
        await Store.AddAsync(TestJobs.New());
        LeasedJob job = await Store.TakeOneAsync();

        Assert.Equal([true], await Store.DeadLetterAsync([new JobDeath(job.Lease, DeadLetterReason.GivenUp, "no")], default));

        Assert.Empty(await Store.TakeAsync());
        Assert.Equal([false], await Store.DeadLetterAsync([new JobDeath(job.Lease, DeadLetterReason.GivenUp, "no")], default));
    }
}
