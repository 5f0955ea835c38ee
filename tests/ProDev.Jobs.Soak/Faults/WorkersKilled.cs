namespace ProDev.Jobs.Soak;

/// <summary>Two worker processes share the work; one of them, by chance, is killed (SIGKILL) at a random point and replaced, again and again.</summary>
public sealed class WorkersKilled : Fault
{
    public override string Name => "workers-killed";

    public override int FewTimes => 10;

    public override async Task RunAsync(FaultRun run, int times)
    {
        RoleProcess[] workers = [run.StartWorker(), run.StartWorker()];
        await FaultRun.UnderLoadAsync(run.HostProducer(), async () =>
        {
            for (int kill = 0; kill < times; kill++)
            {
                // Both must be at work: two that are still starting would make each kill the same.
                if (!await FaultRun.UntilAsync(() => workers.All(w => run.Ledgers.Read(w.Settings.Name).Count > 0)))
                    run.Find(FindingKind.NotInjected, "A worker has not started.");
                await run.SomewhereAsync(starts: 15);
                int victim = run.Random.Next(workers.Length);
                await workers[victim].KillAsync();
                run.Inject("kill -9 of a worker");
                workers[victim] = run.StartWorker();
            }
        });
    }
}
