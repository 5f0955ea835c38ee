namespace ProDev.Jobs.Soak;

/// <summary>PostgreSQL goes down under load without telling anybody, and comes back: an immediate restart, or its postmaster is killed (SIGKILL).</summary>
/// <param name="isKilled">Whether it is killed.</param>
public sealed class ServerLost(bool isKilled) : Fault
{
    public override string Name => isKilled ? "server-killed" : "server-restarted";

    public override int FewTimes => 2;

    public override int ManyTimes => 5;

    public override IReadOnlyList<string> Stores { get; } = [PostgreSqlSoakStore.Name];

    public override bool NeedsServer => true;

    public override async Task RunAsync(FaultRun run, int times)
    {
        await run.HostWorkerAsync();
        await run.HostWorkerAsync();
        await FaultRun.UnderLoadAsync(run.HostProducer(), async () =>
        {
            for (int i = 0; i < times; i++)
            {
                await run.SomewhereAsync(starts: 60);
                await (isKilled ? run.Server!.KillAsync() : run.Server!.RestartImmediatelyAsync());
                run.Inject(isKilled ? "kill -9 of the postmaster" : "pg_ctl restart -m immediate");
            }

            await run.SomewhereAsync(starts: 10);
        });
    }
}
