using System.Collections.Concurrent;
using System.Globalization;

namespace ProDev.Jobs.Conformance;

/// <summary>Unique jobs: many stores at once on the same jobs, as many processes are.</summary>
public abstract class StoreUniqueRaceTests : StoreTests
{
    /// <summary>Opens the same jobs once more, as another process would.</summary>
    protected virtual IJobStore OpenAnother() => CreateStore(Time);

    [Theory]
    [InlineData(JobConflict.Skip)]
    [InlineData(JobConflict.Replace)]
    [InlineData(JobConflict.Reschedule)]
    public async Task OneJobIsMade_WhenSixtyFourAreEnqueuedAtOnce(JobConflict conflict)
    {
        IJobStore[] stores = [Store, OpenAnother(), OpenAnother(), OpenAnother()];

        EnqueuedJob[] answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(
            () => stores[i % stores.Length].OfferAsync(UniqueTestJobs.New(content: $"{i}", conflict: conflict)))));

        Assert.Single(answers.Select(a => a.Id).Distinct());
        Assert.Single(answers, a => a.Outcome == EnqueueOutcome.Enqueued);
        EnqueueOutcome others = conflict switch
        {
            JobConflict.Replace => EnqueueOutcome.Replaced,
            JobConflict.Reschedule => EnqueueOutcome.Rescheduled,
            _ => EnqueueOutcome.Existed,
        };
        Assert.Equal(63, answers.Count(a => a.Outcome == others));
        Assert.Single(await Store.TakeAsync());
        await CloseAsync(stores);
    }

    [Fact]
    public async Task EachKeyHasOneJob_WhenBatchesTakeThemInOppositeOrders()
    {
        IJobStore[] stores = [Store, OpenAnother(), OpenAnother(), OpenAnother()];

        await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(async () =>
        {
            JobEnvelope[] jobs = [.. Enumerable.Range(0, 40).Select(k => UniqueTestJobs.New($"{k}", conflict: i % 3 == 0 ? JobConflict.Replace : JobConflict.Skip))];
            if (i % 2 == 0)
                Array.Reverse(jobs);
            await stores[i % stores.Length].EnqueueAsync(jobs, default);
        })));

        Assert.Equal(40, (await Store.TakeAsync(1000)).Select(j => j.Envelope.Unique!.Key).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(40, (await Store.CountAsync(default)).Running);
        await CloseAsync(stores);
    }

    /// <summary>
    /// One writer per key, so that what it was told can be compared with what the workers saw: of each job the last content that was accepted is the last
    /// one that runs, and never do two jobs of a key run side by side.
    /// </summary>
    [Fact]
    public async Task LedgerAgrees_WhenWritersSkipReplaceAndRescheduleWhileWorkersClaim()
    {
        const int Keys = 8, Rounds = 60, Workers = 4;
        IJobStore[] stores = [Store, OpenAnother(), OpenAnother()];
        var accepted = new ConcurrentDictionary<Guid, int>();
        var ran = new ConcurrentDictionary<Guid, int>();
        var running = new ConcurrentDictionary<string, Guid>(StringComparer.Ordinal);
        var faults = new ConcurrentQueue<string>();
        int made = 0, writing = Keys;

        Task writers = Task.WhenAll(Enumerable.Range(0, Keys).Select(key => Task.Run(async () =>
        {
            var random = new Random(key);
            for (int round = 1; round <= Rounds; round++)
            {
                var conflict = (JobConflict)random.Next(3);
                TimeSpan delay = random.Next(3) == 0 ? TimeSpan.FromSeconds(random.Next(1, 4)) : default;
                EnqueuedJob answer = await stores[random.Next(stores.Length)].OfferAsync(
                    UniqueTestJobs.New($"{key}", round.ToString(CultureInfo.InvariantCulture), conflict, delay: delay));
                if (answer.Outcome == EnqueueOutcome.Enqueued)
                    Interlocked.Increment(ref made);
                if (answer.Outcome is EnqueueOutcome.Enqueued or EnqueueOutcome.Replaced)
                    accepted[answer.Id] = round;
                if (answer.Outcome == EnqueueOutcome.Rescheduled && !accepted.ContainsKey(answer.Id))
                    faults.Enqueue($"{answer.Id} was rescheduled before it was made.");
            }

            Interlocked.Decrement(ref writing);
        })));
        Task workers = Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(async () =>
        {
            var random = new Random(100 + worker);
            IJobStore store = stores[worker % stores.Length];
            while (Volatile.Read(ref writing) > 0 || (await store.CountAsync(default)).Pending > 0)
            {
                Time.Advance(TimeSpan.FromMilliseconds(200));
                IReadOnlyList<LeasedJob> jobs = await store.TakeAsync(random.Next(1, 4));
                foreach (LeasedJob job in jobs)
                {
                    if (!running.TryAdd(job.Envelope.Unique!.Key, job.Lease.JobId))
                        faults.Enqueue($"{job.Lease.JobId} ran beside another one.");
                    ran[job.Lease.JobId] = int.Parse(UniqueTestJobs.ContentOf(job), CultureInfo.InvariantCulture);
                }

                foreach (LeasedJob job in jobs)
                {
                    running.TryRemove(job.Envelope.Unique!.Key, out _);
                    bool held = (await (random.Next(5) switch
                    {
                        0 => store.RetryAsync([new JobRetry(job.Lease, TimeSpan.FromMilliseconds(random.Next(500)), "again") { IsUncharged = true }], default),
                        1 => store.ReturnAsync([job.Lease], default),
                        2 => store.DeadLetterAsync([new JobDeath(job.Lease, DeadLetterReason.GivenUp, "no")], default),
                        _ => store.CompleteAsync([job.Lease], default),
                    }))[0];
                    if (!held)
                        faults.Enqueue($"{job.Lease.JobId} was taken from its holder.");
                }
            }
        })));
        await Task.WhenAll(writers, workers);

        Assert.Empty(faults);
        Assert.Equal(made, accepted.Count);
        Assert.Equal(accepted.OrderBy(a => a.Key), ran.OrderBy(r => r.Key));
        JobCounts counts = await Store.CountAsync(default);
        Assert.Equal((made, 0), (counts.Succeeded + counts.DeadLettered, counts.Pending));
        await CloseAsync(stores);
    }

    private async Task CloseAsync(IJobStore[] stores)
    {
        foreach (IJobStore store in stores.Distinct().Where(s => s != Store))
            await store.DisposeAsync();
    }
}
