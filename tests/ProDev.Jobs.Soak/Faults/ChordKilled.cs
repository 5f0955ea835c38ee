namespace ProDev.Jobs.Soak;

/// <summary>
/// Worker processes kill themselves (SIGKILL) while they end a member of a group: before, during, and after the store has counted it (see
/// <see cref="JoinDeath"/>; nobody outside could meet these moments). The callback of every group must run, once.
/// </summary>
public sealed class ChordKilled : Fault
{
    public override string Name => "chord-killed";

    public override int FewTimes => 6;

    public override int ManyTimes => 20;

    public override async Task RunAsync(FaultRun run, int times)
    {
        Producer producer = run.HostProducer();
        for (int i = 0; i < times; i++)
        {
            for (int plan = 0; plan < 3; plan++)
                await producer.EnqueueChordAsync(run.Random.Next(2, 6));
            var death = new JoinDeath((JoinMoment)(i % 3), run.Random.Next(1, 4));
            RoleProcess worker = run.StartWorker(s => s with { Death = death });
            if (await FaultRun.UntilAsync(() => HasDiedAsync(run, producer, worker)))
                run.Inject($"kill -9 {death.Moment.ToString().ToLowerInvariant()} a join");
            else
                run.Find(FindingKind.NotInjected, $"The worker that was to die ({death}) lives.");
        }

        await run.HostWorkerAsync();
    }

    /// <summary>A worker that ends several members in one call needs more of them to come to the call at which it dies.</summary>
    private static async Task<bool> HasDiedAsync(FaultRun run, Producer producer, RoleProcess worker)
    {
        if (worker.HasExited)
            return true;
        if ((await run.Client.CountAsync()).Pending == 0)
            await producer.EnqueueChordAsync(run.Random.Next(2, 6));
        return false;
    }
}
