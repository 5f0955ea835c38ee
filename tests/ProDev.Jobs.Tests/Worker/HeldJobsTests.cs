namespace ProDev.Jobs.Tests;

/// <summary>How many jobs a worker may hold.</summary>
public sealed class HeldJobsTests
{
    private readonly HeldJobs _held = new();

    [Fact]
    public void ThereIsNoRoom_WhileMoreThanHalfOfTheQueueWaits()
    {
        HeldJob[] jobs = Add(6);
        Assert.Equal(0, _held.Room(6, 4, out Task roomMade));

        Start(jobs[..3]);
        Assert.False(roomMade.IsCompleted);
        Start(jobs[3..4]);
        Assert.False(roomMade.IsCompleted);
        _held.Remove(jobs[0]);

        Assert.True(roomMade.IsCompleted);
        Assert.Equal(1, _held.Room(6, 4, out _));
    }

    [Fact]
    public void TheNextJobsAreClaimed_WhileTheOutcomesOfTheLastAreWritten()
    {
        HeldJob[] jobs = Add(6);
        Start(jobs);
        Assert.Equal(0, _held.Room(6, 4, out Task roomMade));

        _held.Settle(jobs[0]);
        _held.Settle(jobs[0]);

        Assert.True(roomMade.IsCompleted);
        Assert.Equal(1, _held.Room(6, 4, out _));
        Assert.True(jobs[0].Settling);
        Assert.Equal(6, _held.Count);
    }

    [Fact]
    public void OutcomesThatAreNotWrittenHoldUpClaims_WhenThereAreAsManyAsMayWait()
    {
        HeldJob[] jobs = Add(6);
        Start(jobs);
        foreach (HeldJob job in jobs)
            _held.Settle(job);

        Assert.Equal(4, _held.Room(6, 4, out _));
        Assert.Equal(1, _held.Room(7, 0, out _));
        Assert.Equal(0, _held.Room(6, 0, out Task roomMade));

        _held.Remove(jobs[0]);
        Assert.True(roomMade.IsCompleted);
        Assert.Equal(5, _held.Room(6, 4, out _));
    }

    private HeldJob[] Add(int count)
    {
        HeldJob[] jobs = [.. Enumerable.Range(0, count).Select(static i => Job(i))];
        foreach (HeldJob job in jobs)
            _held.Add(job);
        return jobs;
    }

    private void Start(HeldJob[] jobs)
    {
        foreach (HeldJob _ in jobs)
            _held.Taken();
    }

    private static HeldJob Job(int number)
    {
        var envelope = new JobEnvelope { Id = Guid.NewGuid(), Name = "test", Queue = "default" };
        return new HeldJob(new LeasedJob { Envelope = envelope, Lease = new JobLease(envelope.Id, 1, number), Attempt = 1, EnqueuedAt = default }, confirmedAt: 0);
    }
}
