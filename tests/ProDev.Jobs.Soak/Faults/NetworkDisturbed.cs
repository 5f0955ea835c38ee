using System.Text;

namespace ProDev.Jobs.Soak;

/// <summary>
/// Two workers and a producer reach PostgreSQL each through a <see cref="FaultProxy"/>. One of them at a time is cut off, keeps everything back for up to two
/// leases, is slow, or loses the answer to whatever comes next.
/// </summary>
public sealed class NetworkDisturbed : Fault
{
    public override string Name => "network-disturbed";

    public override int FewTimes => 8;

    public override int ManyTimes => 40;

    public override IReadOnlyList<string> Stores { get; } = [PostgreSqlSoakStore.Name];

    public override async Task RunAsync(FaultRun run, int times)
    {
        var store = (PostgreSqlSoakStore)run.Store;
        FaultProxy[] proxies = [run.StartProxy(), run.StartProxy(), run.StartProxy()];
        await run.HostWorkerAsync(store.Through(proxies[0].Port));
        await run.HostWorkerAsync(store.Through(proxies[1].Port));
        await FaultRun.UnderLoadAsync(run.HostProducer(store.Through(proxies[2].Port)), async () =>
        {
            for (int i = 0; i < times; i++)
            {
                await run.SomewhereAsync(starts: 20);
                FaultProxy proxy = proxies[run.Random.Next(proxies.Length)];
                await DisturbAsync(run, proxy, i % 4);
                proxy.Mend();
            }
        });
    }

    private static async Task DisturbAsync(FaultRun run, FaultProxy proxy, int how)
    {
        switch (how)
        {
            case 0:
                run.Inject("network cut");
                proxy.Cut();
                await Task.Delay(run.Random.Next(50, 500));
                break;
            case 1:
                run.Inject("network black-holed");
                proxy.BlackHole();
                await Task.Delay(SoakHosts.Lease * (1 + run.Random.NextDouble()));
                break;
            case 2:
                run.Inject("network delayed");
                proxy.Delay(TimeSpan.FromMilliseconds(run.Random.Next(10, 200)));
                await Task.Delay(run.Random.Next(300, 1000));
                break;
            default:
                // A message of a statement, whichever it is, ends with Execute and Sync.
                run.Inject("answer lost");
                await proxy.LoseAnswerTo(Encoding.ASCII.GetBytes("S\0\0\0\u0004")).WaitAsync(FaultRun.Hang);
                break;
        }
    }
}
