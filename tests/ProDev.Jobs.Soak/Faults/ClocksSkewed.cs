namespace ProDev.Jobs.Soak;

/// <summary>
/// The clocks of two worker processes are ten minutes slow and fast (an injected <see cref="TimeProvider"/>), and so is that of the producer by turns. Only the
/// store's clock counts: no job begins before its time or much later, and no lease that is being renewed is taken away.
/// </summary>
public sealed class ClocksSkewed : Fault
{
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(10);

    /// <summary>Far from every delay of a busy machine, and far from the skew.</summary>
    private static readonly TimeSpan MuchLater = TimeSpan.FromMinutes(3);

    public override string Name => "clocks-skewed";

    public override int FewTimes => 1;

    public override async Task RunAsync(FaultRun run, int times)
    {
        run.StartWorker(static s => s with { Skew = Skew });
        run.StartWorker(static s => s with { Skew = -Skew });
        Producer[] producers = [run.HostProducer(skew: Skew), run.HostProducer(skew: -Skew)];
        var jobs = new List<(Guid Id, DateTimeOffset NotBefore)>();
        for (int i = 0; i < times; i++)
        {
            foreach (Producer producer in producers)
            {
                run.Inject("clock 10 min off");
                await EnqueueAsync(run, producer, jobs);
            }
        }

        await FaultRun.UntilAsync(async () => (await run.Client.CountAsync()).Pending == 0);
        ILookup<Guid, LedgerLine> starts = run.Ledgers.Read().Where(static l => l.Event == LedgerEvent.Started).ToLookup(static l => l.Id);
        foreach ((Guid id, DateTimeOffset notBefore) in jobs)
        {
            JobInfo? job = await run.Client.FindAsync(id);
            if (starts[id].Count() != 1)
                run.Find(FindingKind.WrongTime, $"{id} was started {starts[id].Count()} times; its lease was taken away while it was renewed.");
            if (job?.StartedAt < notBefore || job?.StartedAt > notBefore + MuchLater)
                run.Find(FindingKind.WrongTime, $"{id} was to start at {notBefore:O} and started at {job.StartedAt:O}.");
        }
    }

    private static async Task EnqueueAsync(FaultRun run, Producer producer, List<(Guid Id, DateTimeOffset NotBefore)> jobs)
    {
        DateTimeOffset now = await run.NowAsync();
        jobs.Add(((await producer.EnqueueOneAsync()).Id, now));
        TimeSpan delay = TimeSpan.FromMilliseconds(run.Random.Next(300, 2000));
        jobs.Add(((await producer.EnqueueOneAsync(configure: o => o.Delay = delay)).Id, now + delay));
        DateTimeOffset at = now + TimeSpan.FromMilliseconds(run.Random.Next(300, 2000));
        jobs.Add(((await producer.EnqueueOneAsync(configure: o => o.RunAt = at)).Id, at));

        // Longer than two leases, so that it ends only if its lease is renewed by the clock by which it runs out.
        jobs.Add(((await producer.EnqueueOneAsync(milliseconds: 2500)).Id, now));
    }
}
