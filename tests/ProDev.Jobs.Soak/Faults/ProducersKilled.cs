namespace ProDev.Jobs.Soak;

/// <summary>
/// Processes that enqueue are killed (SIGKILL) in the middle of writing, beside a worker that writes, too. Some of their commits are never acknowledged. The
/// keys that were not confirmed are enqueued again, which makes one job of each. A SQLite file must pass its integrity check after every kill.
/// </summary>
public sealed class ProducersKilled : Fault
{
    public override string Name => "producers-killed";

    public override int FewTimes => 5;

    public override int ManyTimes => 20;

    public override async Task RunAsync(FaultRun run, int times)
    {
        await run.HostWorkerAsync();
        RoleProcess producer = run.StartProducer();
        for (int i = 0; i < times; i++)
        {
            string name = producer.Settings.Name;
            int enough = run.Random.Next(1, 40);
            if (!await FaultRun.UntilAsync(() => run.Ledgers.Read(name).Count >= enough))
                run.Find(FindingKind.NotInjected, "A producer has not started.");
            await Task.Delay(run.Random.Next(0, 10));
            await producer.KillAsync();
            run.Inject("kill -9 of a producer");
            producer = run.StartProducer();
            if (await run.Store.FindDamageAsync() is { } damage)
                run.Find(FindingKind.Damaged, damage);
            await RepeatAsync(run, name);
        }

        await producer.KillAsync();
        run.Inject("kill -9 of a producer");
        await RepeatAsync(run, producer.Settings.Name);
    }

    private static async Task RepeatAsync(FaultRun run, string producer)
    {
        IReadOnlyList<LedgerLine> lines = run.Ledgers.Read(producer);
        HashSet<string> known = [.. lines.Where(static l => l.Event is LedgerEvent.Confirmed or LedgerEvent.Withdrawn).Select(static l => l.Key)];

        // Members of groups have no keys of their own in the store.
        Producer again = run.HostProducer();
        foreach (string key in lines.Where(static l => l.Event == LedgerEvent.Intended).Select(static l => l.Key).Where(k => !known.Contains(k) && IsSingle(k)))
        {
            await again.EnqueueAsync(key);
            run.Inject("key of a killed producer enqueued again");
        }
    }

    private static bool IsSingle(string key) => key.Count(static c => c == '.') == 1;
}
