namespace ProDev.Jobs.Soak;

/// <summary>
/// A worker process is stopped (SIGSTOP, by <c>kill(1)</c>) in the middle of jobs for three leases and then goes on (SIGCONT). It believes that it still
/// holds its leases, so it reports what it did in vain, and the store must refuse it: another worker has the jobs.
/// </summary>
public sealed class WorkerStopped : Fault
{
    private const int Jobs = 12;
    private const int Milliseconds = 400;
    private const int Leases = 3;

    public override string Name => "worker-stopped";

    public override int FewTimes => 1;

    public override async Task RunAsync(FaultRun run, int times)
    {
        Producer producer = run.HostProducer();
        RoleProcess stopped = run.StartWorker(static s => s with { IsBlind = true });
        for (int i = 0; i < times; i++)
        {
            string name = stopped.Settings.Name;
            int refused = Refused(run, name);
            for (int job = 0; job < Jobs; job++)
                await producer.EnqueueOneAsync(Milliseconds);
            if (!await FaultRun.UntilAsync(() => Running(run, name) >= 2))
                run.Find(FindingKind.NotInjected, "The worker has not started two jobs.");
            await stopped.StopAsync();
            run.Inject("SIGSTOP of a worker for 3 leases");
            if (i == 0)
                run.StartWorker();
            await Task.Delay(SoakHosts.Lease * Leases);

            // In the end the others have ended what it held; only then is it late for sure.
            if (!await FaultRun.UntilAsync(async () => (await run.Client.CountAsync()).Pending == 0))
                run.Find(FindingKind.Stuck, "The jobs of a worker that is stopped were not done by the other.");
            await stopped.ContinueAsync();
            if (!await FaultRun.UntilAsync(() => Refused(run, name) > refused))
                run.Find(FindingKind.NotInjected, "No late end of the worker that was stopped has been refused.");
        }
    }

    private static int Refused(FaultRun run, string worker) => run.Ledgers.Read(worker).Count(static l => l.Event == LedgerEvent.Refused);

    private static int Running(FaultRun run, string worker)
    {
        IReadOnlyList<LedgerLine> lines = run.Ledgers.Read(worker);
        return lines.Count(static l => l.Event == LedgerEvent.Started) - lines.Count(static l => l.Event is LedgerEvent.Accepted or LedgerEvent.Refused);
    }
}
