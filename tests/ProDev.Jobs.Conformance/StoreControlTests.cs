namespace ProDev.Jobs.Conformance;

/// <summary>Revoking jobs and pausing queues.</summary>
public abstract class StoreControlTests : StoreTests
{
    [Fact]
    public async Task WaitingJobsAreNotStarted_WhenTheyAreRevoked()
    {
        Guid queued = await Store.AddAsync(TestJobs.New());
        Guid scheduled = await Store.AddAsync(TestJobs.New(delay: TimeSpan.FromSeconds(5)));

        IReadOnlyList<JobRevocation> answers = await Store.RevokeAsync([queued, Guid.CreateVersion7(), scheduled], default);

        Assert.Equal([JobRevocation.Revoked, JobRevocation.TooLate, JobRevocation.Revoked], answers);
        Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Empty(await Store.TakeAsync());
        JobInfo job = (await Store.FindAsync(queued, default))!;
        Assert.Equal((JobState.Revoked, Time.GetUtcNow().AddMinutes(-1)), (job.State, job.FinishedAt));
        Assert.Equal(new JobCounts { Revoked = 2 }, await Store.CountAsync(default));
    }

    [Fact]
    public async Task ErrorOfTheLastAttemptIsKept_WhenAJobThatWaitsForTheNextIsRevoked()
    {
        Guid id = await Store.AddAsync(TestJobs.New());
        await Store.RetryAsync([new JobRetry((await Store.TakeOneAsync()).Lease, TimeSpan.FromSeconds(5), "once")], default);

        await Store.RevokeAsync([id], default);

        Assert.Equal("once", (await Store.FindAsync(id, default))!.Error);
    }

    [Fact]
    public async Task NothingChanges_WhenAJobThatHasEndedIsRevoked()
    {
        JobEnvelope[] jobs = TestJobs.Many(2);
        await Store.EnqueueAsync(jobs, default);
        IReadOnlyList<LeasedJob> leased = await Store.TakeAsync();
        await Store.CompleteAsync([leased[0].Lease], default);
        await Store.DeadLetterAsync([new JobDeath(leased[1].Lease, DeadLetterReason.GivenUp, "no")], default);

        IReadOnlyList<JobRevocation> answers = await Store.RevokeAsync([.. leased.Select(l => l.Lease.JobId)], default);

        Assert.Equal([JobRevocation.TooLate, JobRevocation.TooLate], answers);
        Assert.Equal(new JobCounts { Succeeded = 1, DeadLettered = 1 }, await Store.CountAsync(default));
    }

    [Fact]
    public async Task OnlyTheHolderIsTold_WhenARunningJobIsRevoked()
    {
        await Store.EnqueueAsync(TestJobs.Many(2), default);
        IReadOnlyList<LeasedJob> leased = await Store.TakeAsync();
        JobLease[] leases = [.. leased.Select(l => l.Lease)];
        Assert.Equal([false, false], await Store.FindRevokedAsync(leases, default));

        Assert.Equal([JobRevocation.Requested], await Store.RevokeAsync([leases[1].JobId], default));

        Assert.Equal([false, true], await Store.FindRevokedAsync(leases, default));
        Assert.Equal([false], await Store.FindRevokedAsync([leases[1] with { Token = leases[1].Token + 1 }], default));
        Assert.Equal(JobState.Running, await Store.StateAsync(leases[1].JobId));
    }

    [Fact]
    public async Task JobEndsAsRevoked_WhenItsHolderSaysSo()
    {
        Guid id = await Store.AddAsync(TestJobs.New());
        LeasedJob leased = await Store.TakeOneAsync();
        await Store.RevokeAsync([id], default);

        Assert.Equal([true], await Store.CompleteAsync([new JobCompletion(leased.Lease) { IsRevoked = true }], default));

        Assert.Equal(JobState.Revoked, await Store.StateAsync(id));
        Assert.Equal([false], await Store.FindRevokedAsync([leased.Lease], default));
    }

    [Fact]
    public async Task JobSucceeds_WhenItEndsWellAllTheSame()
    {
        Guid id = await Store.AddAsync(TestJobs.New());
        LeasedJob leased = await Store.TakeOneAsync();
        await Store.RevokeAsync([id], default);

        await Store.CompleteAsync([leased.Lease], default);

        Assert.Equal(JobState.Succeeded, await Store.StateAsync(id));
    }

    [Theory]
    [InlineData("retry")]
    [InlineData("return")]
    [InlineData("rescue")]
    [InlineData("dead letter")]
    public async Task RevokedJobIsNotStartedAgain_WhenItGoesBack(string how)
    {
        Guid id = await Store.AddAsync(TestJobs.New());
        LeasedJob leased = await Store.TakeOneAsync();
        await Store.RevokeAsync([id], default);

        if (how == "retry")
            await Store.RetryAsync([new JobRetry(leased.Lease, TimeSpan.Zero, "once")], default);
        else if (how == "return")
            await Store.ReturnAsync([leased.Lease], default);
        else if (how == "dead letter")
            Assert.Equal([true], await Store.DeadLetterAsync([new JobDeath(leased.Lease, DeadLetterReason.GivenUp, "once")], default));
        Time.Advance(TestJobs.Lease);
        await Store.RescueAsync(10, default);

        JobInfo job = (await Store.FindAsync(id, default))!;
        Assert.Equal(JobState.Revoked, job.State);
        Assert.NotNull(job.FinishedAt);
        Assert.Equal(how != "return", job.Error is not null);
        Assert.Empty(await Store.TakeAsync());
    }

    [Fact]
    public async Task JobIsNoDeadLetter_WhenItWasRevokedAndItsLastWorkerIsLost()
    {
        Guid id = await Store.AddAsync(TestJobs.New(maxAttempts: 1));
        await Store.TakeOneAsync();
        await Store.RevokeAsync([id], default);
        Time.Advance(TestJobs.Lease);

        RescuedJob rescued = Assert.Single(await Store.RescueAsync(10, default));

        Assert.False(rescued.DeadLettered);
        Assert.Equal(new JobCounts { Revoked = 1 }, await Store.CountAsync(default));
    }

    [Fact]
    public async Task RevokedJobsArePruned_WhenTheyAreOld()
    {
        Guid id = await Store.AddAsync(TestJobs.New());
        await Store.RevokeAsync([id], default);
        Time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(1, await Store.PruneAsync(TimeSpan.FromHours(1), 10, default));

        Assert.Null(await Store.FindAsync(id, default));
        Assert.Equal(new JobCounts(), await Store.CountAsync(default));
    }

    [Fact]
    public async Task NoJobIsFetched_WhileItsQueueIsPaused()
    {
        Assert.True(await Store.PauseAsync("bulk", default));
        Assert.False(await Store.PauseAsync("bulk", default));
        Guid bulk = await Store.AddAsync(TestJobs.New(queue: "bulk"));
        Guid other = await Store.AddAsync(TestJobs.New());

        Assert.Equal(["bulk"], await Store.ListPausedAsync(default));
        Assert.Equal([other], (await Store.TakeAsync(10, "bulk", "default")).Select(j => j.Lease.JobId));

        Assert.True(await Store.ResumeAsync("bulk", default));
        Assert.False(await Store.ResumeAsync("bulk", default));
        Assert.Empty(await Store.ListPausedAsync(default));
        Assert.Equal([bulk], (await Store.TakeAsync(10, "bulk", "default")).Select(j => j.Lease.JobId));
    }

    [Fact]
    public async Task RunningJobsAreNotDisturbed_WhenTheirQueueIsPaused()
    {
        await Store.AddAsync(TestJobs.New());
        LeasedJob leased = await Store.TakeOneAsync();
        await Store.PauseAsync("default", default);

        Assert.Equal([true], await Store.ExtendAsync([leased.Lease], TestJobs.Lease, default));
        Assert.Equal([true], await Store.CompleteAsync([leased.Lease], default));
    }

    [Fact]
    public async Task WorkersAreWoken_WhenAQueueIsResumed()
    {
        await Store.PauseAsync("default", default);
        Task waiting = Store.WaitForWorkAsync(["default"], TimeSpan.FromHours(1), default);
        await Store.ResumeAsync("default", default);

        await waiting.WaitAsync(TimeSpan.FromSeconds(20));
    }
}
