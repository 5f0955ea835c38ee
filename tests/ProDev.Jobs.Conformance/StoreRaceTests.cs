using System.Collections.Concurrent;

namespace ProDev.Jobs.Conformance;

/// <summary>Many callers at once, and what the store knows of their jobs in the end.</summary>
public abstract class StoreRaceTests : StoreTests
{
    [Fact]
    public async Task EveryJobIsDoneOnce_WhenProducersAndConsumersRace()
    {
        const int Producers = 4;
        const int Each = 250;
        var done = new ConcurrentDictionary<Guid, int>();
        Task producing = Task.WhenAll(Enumerable.Range(0, Producers).Select(_ => Task.Run(async () =>
        {
            for (int i = 0; i < Each; i++)
                await Store.AddAsync(TestJobs.New());
        })));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (done.Count < Producers * Each)
            {
                IReadOnlyList<LeasedJob> jobs = await Store.TakeAsync(10);
                if (jobs.Count == 0)
                {
                    await Task.Yield();
                    continue;
                }

                IReadOnlyList<bool> answers = await Store.CompleteAsync([.. jobs.Select(j => j.Lease)], default);
                for (int i = 0; i < jobs.Count; i++)
                    done.AddOrUpdate(jobs[i].Lease.JobId, answers[i] ? 1 : 0, (_, n) => n + 1);
            }
        })));
        await producing;

        Assert.All(done.Values, n => Assert.Equal(1, n));
        JobCounts counts = await Store.CountAsync(default);
        Assert.Equal((Producers * Each, 0), (counts.Succeeded, counts.Pending));
    }

    [Fact]
    public async Task OneJobIsEnqueued_WhenManyUseTheSameKeyAtOnce()
    {
        IEnumerable<Task<IReadOnlyList<EnqueuedJob>>> calls =
            Enumerable.Range(0, 16).Select(_ => Task.Run(async () => await Store.EnqueueAsync([TestJobs.New(key: "once")], default)));

        EnqueuedJob[] answers = [.. (await Task.WhenAll(calls)).SelectMany(a => a)];

        Assert.Single(answers.Select(a => a.Id).Distinct());
        Assert.Single(answers, a => !a.AlreadyExisted);
        Assert.Single(await Store.TakeAsync());
    }

    [Fact]
    public async Task NoJobRunsAfterItWasRevoked_WhenRevocationRacesWithEveryOutcome()
    {
        const int Count = 300;
        JobEnvelope[] jobs = TestJobs.Many(Count);
        await Store.EnqueueAsync(jobs, default);
        var revoked = new ConcurrentDictionary<Guid, bool>();
        var wrong = new ConcurrentQueue<string>();
        Task revoking = Task.Run(async () =>
        {
            foreach (Guid[] ids in jobs.Where((_, i) => i % 2 == 0).Select(j => j.Id).Chunk(3))
            {
                IReadOnlyList<JobRevocation> answers = await Store.RevokeAsync(ids, default);
                for (int i = 0; i < ids.Length; i++)
                {
                    if (answers[i] == JobRevocation.Revoked)
                        revoked.TryAdd(ids[i], true);
                    else if (answers[i] == JobRevocation.TooLate && await Store.StateAsync(ids[i]) is not JobState.Succeeded)
                        wrong.Enqueue($"{ids[i]} could have been revoked.");
                }
            }
        });

        await Task.WhenAll(Enumerable.Range(0, 4).Select(w => Task.Run(async () =>
        {
            var random = new Random(w);
            while ((await Store.CountAsync(default)).Pending > 0)
            {
                HashSet<Guid> before = [.. revoked.Keys];
                foreach (LeasedJob job in await Store.TakeAsync(7))
                {
                    if (before.Contains(job.Lease.JobId))
                        wrong.Enqueue($"{job.Lease.JobId} ran after it was revoked.");
                    bool held = (await (random.Next(3) switch
                    {
                        0 => Store.CompleteAsync([job.Lease], default),
                        1 => Store.RetryAsync([new JobRetry(job.Lease, TimeSpan.Zero, "again")], default),
                        _ => Store.ReturnAsync([job.Lease], default),
                    }))[0];
                    if (!held)
                        wrong.Enqueue($"{job.Lease.JobId} was taken from its holder.");
                }
            }
        })));
        await revoking;

        Assert.Empty(wrong);
        foreach (Guid id in revoked.Keys)
            Assert.Equal(JobState.Revoked, await Store.StateAsync(id));
        JobCounts counts = await Store.CountAsync(default);
        Assert.Equal((Count, 0), (counts.Succeeded + counts.Revoked, counts.Pending));
    }
}
