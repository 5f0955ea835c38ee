using System.Text;

namespace ProDev.Jobs.Soak;

/// <summary>
/// A producer process is killed between COMMIT and NOTIFY. The library commits first and notifies in a statement of its own, which the
/// <see cref="FaultProxy"/> keeps back; as soon as it is there, the job is committed and nobody has been told, and the process is killed (SIGKILL). The
/// workers must find the job all the same. (In a transaction of the application the notification is a part of it, and cannot be missing.)
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
        await run.HostWorkerAsync();
        for (int i = 0; i < times; i++)
        {
            FaultProxy proxy = run.StartProxy();
            Task held = proxy.HoldBack(Encoding.ASCII.GetBytes("pg_notify"));
            long jobs = await CountAsync(run);
            RoleProcess producer = run.StartProducer(s => s with { Store = store.Through(proxy.Port), Steps = 1, IsPlain = true });
            await held.WaitAsync(FaultRun.Hang);
            await producer.KillAsync();
            run.Inject("kill -9 between COMMIT and NOTIFY");
            if (await CountAsync(run) <= jobs)
                run.Find(FindingKind.NotInjected, "The notification came, and no job is committed.");
        }
    }

    private static async Task<long> CountAsync(FaultRun run)
    {
        JobCounts counts = await run.Client.CountAsync();
        return counts.Pending + counts.Succeeded + counts.DeadLettered;
    }
}
