using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace ProDev.Jobs.Soak;

/// <summary>Makes the hosts of a run, whether they live in a process of their own or in that of the test.</summary>
public static class SoakHosts
{
    /// <summary>The shortest that a worker may have: what is lost comes back soon.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(1);

    private const int Concurrency = 4;
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromMilliseconds(200);

    /// <summary>A worker that writes into a ledger; a scheduler comes with it.</summary>
    /// <param name="settings">What it is told.</param>
    /// <param name="ledger">Its ledger; whoever made it disposes it.</param>
    /// <param name="clock">The clock of its store and of itself; <see langword="null"/> for the real ones.</param>
    public static IHost CreateWorker(RoleArguments settings, Ledger ledger, TimeProvider? clock = null)
    {
        HostApplicationBuilder builder = CreateBuilder(settings.Store, ledger, clock, settings.Skew);
        builder.Services.AddProDevJobs().AddWorker(o => (o.Concurrency, o.Lease, o.PollInterval) = (Concurrency, Lease, PollInterval));
        ServiceDescriptor provider = builder.Services.Last(static d => d.ServiceType == typeof(IJobStore));
        builder.Services.Replace(ServiceDescriptor.Singleton(services => StoreRecorder.Create(
            (IJobStore)provider.ImplementationFactory!(services), ledger, settings.Death, settings.IsBlind)));
        return builder.Build();
    }

    /// <summary>A host that only enqueues and asks.</summary>
    /// <param name="store">Where.</param>
    /// <param name="ledger">Its ledger; whoever made it disposes it.</param>
    /// <param name="skew">How far its clock is wrong.</param>
    public static IHost CreateClient(SoakStore store, Ledger ledger, TimeSpan skew = default)
        => CreateBuilder(store, ledger, clock: null, skew).Build();

    private static HostApplicationBuilder CreateBuilder(SoakStore store, Ledger ledger, TimeProvider? clock, TimeSpan skew)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddSingleton(ledger);
        builder.Services.AddSingleton(clock ?? (skew == TimeSpan.Zero ? TimeProvider.System : new SkewedClock(skew)));
        IProDevJobsBuilder jobs = builder.Services
            .AddProDevJobs(static o => (o.Backoff.BaseDelay, o.Backoff.MaxDelay) = (TimeSpan.FromMilliseconds(20), LongestBackoff))
            .AddJobsFromThisAssembly();
        store.Use(jobs, clock);
        return builder;
    }
}
