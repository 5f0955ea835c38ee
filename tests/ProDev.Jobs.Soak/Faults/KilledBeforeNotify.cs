using System.Text;
using Npgsql;

namespace ProDev.Jobs.Soak;

/// <summary>
/// A producer process is killed between COMMIT and NOTIFY. The library commits first and notifies in a statement of its own, which the
/// <see cref="FaultProxy"/> keeps back; as soon as it is there, the job is committed and nobody has been told, and the process is killed (SIGKILL). The
/// workers must find the job all the same.
/// </summary>
public sealed class KilledBeforeNotify : Fault
{
    public override string Name => "killed-before-notify";

    public override int FewTimes => 2;

    public override int ManyTimes => 5;

    public override IReadOnlyList<string> Stores { get; } = [PostgreSqlSoakStore.Name];

    public override async Task RunAsync(FaultRun run, int times)
    {
        var store = (PostgreSqlSoakStore)run.Store;
        var address = new NpgsqlConnectionStringBuilder(store.ConnectionString);
        await run.HostWorkerAsync();
        for (int i = 0; i < times; i++)
        {
            await using var proxy = new FaultProxy(address.Host!, address.Port);
            Task held = proxy.HoldBack(Encoding.ASCII.GetBytes("pg_notify"));
            int jobs = (await run.Client.CountAsync()) is var c ? (int)(c.Pending + c.Succeeded + c.DeadLettered) : 0;
            RoleProcess producer = run.StartProducer(s => s with { Store = store.Through(proxy.Port), Steps = 1 });
            await held.WaitAsync(FaultRun.Hang);
            await producer.KillAsync();
            run.Inject("kill -9 between COMMIT and NOTIFY");
            if ((await run.Client.CountAsync()) is var after && after.Pending + after.Succeeded + after.DeadLettered <= jobs)
                run.Find(FindingKind.NotInjected, "The notification came, and no job is committed.");
        }
    }
}
