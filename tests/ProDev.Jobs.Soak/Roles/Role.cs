using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ProDev.Jobs.Soak;

/// <summary>What a process of a run does until it is killed, or until the process that started it is gone.</summary>
public static class Role
{
    public static async Task RunAsync(RoleArguments settings)
    {
        using var orphaned = new CancellationTokenSource();
        _ = Task.Run(() =>
        {
            // Nobody writes there; the end comes when the other side is gone.
            Console.In.ReadToEnd();
            orphaned.Cancel();
        });
        using var ledger = new Ledger(settings.Ledgers, settings.Name);
        if (settings.Role == RoleArguments.Worker)
        {
            await SoakHosts.CreateWorker(settings, ledger).RunAsync(orphaned.Token);
            return;
        }

        using IHost host = SoakHosts.CreateClient(settings.Store, ledger);
        var producer = new Producer(
            host.Services.GetRequiredService<IJobClient>(), settings.Store, ledger, new Random(settings.Seed), settings.Name);
        await producer.RunAsync(settings.Steps, settings.IsPlain, orphaned.Token);
        await Task.Delay(Timeout.Infinite, orphaned.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
