namespace ProDev.Jobs.Soak;

/// <summary>An administrator ends all our connections (<c>pg_terminate_backend</c>), again and again.</summary>
public sealed class ConnectionsTerminated : Fault
{
    public override string Name => "connections-terminated";

    public override int FewTimes => 30;

    public override int ManyTimes => 200;

    public override IReadOnlyList<string> Stores { get; } = [PostgreSqlSoakStore.Name];

    public override async Task RunAsync(FaultRun run, int times)
    {
        await run.HostWorkerAsync();
        await run.HostWorkerAsync();
        var store = (PostgreSqlSoakStore)run.Store;
        Producer producer = run.HostProducer();
        await FaultRun.UnderLoadAsync(producer, async () =>
        {
            for (int i = 0; i < times; i++)
            {
                await Task.Delay(run.Random.Next(10, 100));
                if (await store.TerminateConnectionsAsync() > 0)
                    run.Inject("pg_terminate_backend on all connections");
            }
        });
        if (producer.Repeated == 0)
            run.Find(FindingKind.NotInjected, "No call of the producer has failed.");
    }
}
