using System.Text;

namespace ProDev.Jobs.Conformance;

/// <summary>Named values of jobs, and attempts that do not count.</summary>
public abstract class StoreNoteTests : StoreTests
{
    [Fact]
    public async Task ValuesAreKeptOverAllAttempts_WhenTheHolderWritesThem()
    {
        Guid id = await Store.AddAsync(TestJobs.New());
        LeasedJob first = await Store.TakeOneAsync();
        Assert.True(await Store.NoteAsync(first.Lease, "a", Json("1"), default));
        Assert.True(await Store.NoteAsync(first.Lease, "b", Json("\"x\""), default));
        Assert.True(await Store.NoteAsync(first.Lease, "a", Json("2"), default));
        await Store.RetryAsync([new JobRetry(first.Lease, TimeSpan.Zero, "once")], default);
        LeasedJob second = await Store.TakeOneAsync();

        await Store.CompleteAsync([second.Lease], default);

        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> notes = await Store.ReadNotesAsync(id, default);
        Assert.Equal(["a=2", "b=\"x\""], notes.Select(n => $"{n.Key}={Encoding.UTF8.GetString(n.Value.Span)}").Order());
    }

    [Fact]
    public async Task NothingIsKept_WhenTheLeaseIsLost()
    {
        Guid id = await Store.AddAsync(TestJobs.New());
        LeasedJob late = await Store.TakeOneAsync();
        Time.Advance(TestJobs.Lease);
        await Store.RescueAsync(10, default);

        Assert.False(await Store.NoteAsync(late.Lease, "a", Json("1"), default));
        await Store.TakeOneAsync();
        Assert.False(await Store.NoteAsync(late.Lease, "a", Json("1"), default));

        Assert.Empty(await Store.ReadNotesAsync(id, default));
        Assert.Empty(await Store.ReadNotesAsync(Guid.NewGuid(), default));
    }

    [Fact]
    public async Task ValuesGoWithTheirJob_WhenItIsPrunedOrDiscarded()
    {
        await Store.EnqueueAsync(TestJobs.Many(2), default);
        IReadOnlyList<LeasedJob> jobs = await Store.TakeAsync();
        foreach (LeasedJob job in jobs)
            await Store.NoteAsync(job.Lease, "a", Json("1"), default);
        await Store.CompleteAsync([jobs[0].Lease], default);
        await Store.DeadLetterAsync([new JobDeath(jobs[1].Lease, DeadLetterReason.GivenUp, "no")], default);
        Assert.Single(await Store.ReadNotesAsync(jobs[1].Lease.JobId, default));

        await Store.PruneAsync(TimeSpan.Zero, 10, default);
        await Store.DiscardAsync([jobs[1].Lease.JobId], default);

        Assert.Empty(await Store.ReadNotesAsync(jobs[0].Lease.JobId, default));
        Assert.Empty(await Store.ReadNotesAsync(jobs[1].Lease.JobId, default));
    }

    [Fact]
    public async Task AttemptIsNotCounted_WhenARetryIsUncharged()
    {
        Guid id = await Store.AddAsync(TestJobs.New(maxAttempts: 1));
        for (int i = 0; i < 3; i++)
        {
            LeasedJob job = await Store.TakeOneAsync();
            Assert.Equal((1, i + 1L), (job.Attempt, job.Lease.Token));
            await Store.RetryAsync([new JobRetry(job.Lease, TimeSpan.FromSeconds(5), "not ready") { IsUncharged = true }], default);
            Assert.Empty(await Store.TakeAsync());
            JobInfo info = (await Store.FindAsync(id, default))!;
            Assert.Equal((JobState.Scheduled, 0, "not ready"), (info.State, info.Attempt, info.Error));
            Time.Advance(TimeSpan.FromSeconds(5));
        }
    }

    private static ReadOnlyMemory<byte> Json(string text) => Encoding.UTF8.GetBytes(text);
}
