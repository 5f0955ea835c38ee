using System.Text;
using Microsoft.Extensions.DependencyInjection;

namespace ProDev.Jobs.Soak;

/// <summary>
/// Two processes with schedulers, and the one that leads is parted from the store: its network is black-holed (PostgreSQL), or it is stopped (SQLite, which has
/// no network). The other takes the lead when it has run out, then the first comes back and believes to lead. Every occurrence of a schedule must come once.
/// </summary>
public sealed class LeaderParted : Fault
{
    private const string Schedule = "tick";
    private static readonly TimeSpan WriteLimit = TimeSpan.FromSeconds(3);

    public override string Name => "leader-parted";

    public override int FewTimes => 1;

    public override async Task RunAsync(FaultRun run, int times)
    {
        var proxies = new List<FaultProxy>();
        RoleProcess[] processes = [StartProcess(run, proxies), StartProcess(run, proxies)];
        IJobSchedules schedules = run.Services.GetRequiredService<IJobSchedules>();
        await schedules.PutAsync(static s => s.Every(Schedule, TimeSpan.FromSeconds(1), new TickJob.Args("UTC"), o => o.CatchUp = ScheduleCatchUp.All));
        for (int i = 0; i < times; i++)
            await PartAsync(run, processes, proxies, isWithinFiring: i % 2 == 0);
        await schedules.PauseAsync(Schedule);
        await FaultRun.UntilAsync(async () => (await run.Client.CountAsync()).Pending == 0);
        OccurrenceChecker.CheckInterval(run, Schedule, TimeSpan.FromSeconds(1));
    }

    private static async Task PartAsync(FaultRun run, RoleProcess[] processes, List<FaultProxy> proxies, bool isWithinFiring)
    {
        RoleProcess? leader = null;
        await FaultRun.UntilAsync(async () => (leader = await FindLeaderAsync(run, processes)) is not null);
        await TicksAsync(run, 3);
        leader = await FindLeaderAsync(run, processes);
        FaultProxy? proxy = proxies.ElementAtOrDefault(Array.IndexOf(processes, leader));
        if (proxy is not null)
            await BlackHoleAsync(run, proxy, isWithinFiring);
        else
            await StopAsync(run, leader!);
        run.Inject(proxy is not null ? "leader black-holed" : "leader stopped");
        if (!await FaultRun.UntilAsync(async () => await FindLeaderAsync(run, processes) is { } other && other != leader))
            run.Find(FindingKind.NotInjected, "The other scheduler does not lead.");
        await TicksAsync(run, 2);
        proxy?.Mend();
        if (proxy is null)
            await leader!.ContinueAsync();
        await TicksAsync(run, 3);
    }

    /// <summary>
    /// Parts the leader at any moment, or at the worst: it has moved the schedule, whose row is locked, and the network is lost before it enqueues and commits.
    /// </summary>
    private static async Task BlackHoleAsync(FaultRun run, FaultProxy proxy, bool isWithinFiring)
    {
        Task held = isWithinFiring ? proxy.HoldBack(Encoding.UTF8.GetBytes(TickJob.Name)) : Task.CompletedTask;
        if (await Task.WhenAny(held, Task.Delay(FaultRun.Hang)) != held)
            run.Find(FindingKind.NotInjected, "The leader does not enqueue.");
        proxy.BlackHole();
    }

    /// <summary>
    /// Stops the leader between two of its changes. Stopped within one it would hold the lock of the file, and no process could write before it goes on: that is
    /// how SQLite works, and no fault of a scheduler.
    /// </summary>
    private static async Task StopAsync(FaultRun run, RoleProcess leader)
    {
        bool isFree = await FaultRun.UntilAsync(async () =>
        {
            await leader.StopAsync();
            Task write = run.Client.ResumeAsync("nobody.paused.this");
            if (await Task.WhenAny(write, Task.Delay(WriteLimit)) == write)
            {
                await write;
                return true;
            }

            await leader.ContinueAsync();
            await write;
            return false;
        });
        if (!isFree)
            run.Find(FindingKind.NotInjected, "The leader holds the lock of the file whenever it is stopped.");
    }

    private static RoleProcess StartProcess(FaultRun run, List<FaultProxy> proxies)
    {
        if (run.Store is not PostgreSqlSoakStore store)
            return run.StartWorker();
        FaultProxy proxy = run.StartProxy();
        proxies.Add(proxy);
        return run.StartWorker(s => s with { Store = store.Through(proxy.Port) });
    }

    private static async Task<RoleProcess?> FindLeaderAsync(FaultRun run, RoleProcess[] processes)
    {
        int? leader = await run.Store.FindLeaderAsync();
        return processes.FirstOrDefault(p => p.Id == leader);
    }

    private static async Task TicksAsync(FaultRun run, int count)
    {
        int enough = run.Ledgers.Count(LedgerEvent.Started) + count;
        if (!await FaultRun.UntilAsync(() => run.Ledgers.Count(LedgerEvent.Started) >= enough))
            run.Find(FindingKind.Stuck, "The schedule has not fired for a minute.");
    }
}
