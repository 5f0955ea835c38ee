using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ProDev.Jobs.Conformance;

namespace ProDev.Jobs.Broker.Tests;

/// <summary>A process of its own: a client and, if asked for, a worker, with its own connection to the broker and a fuse.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private readonly IHost _host;

    public WorkerProcess(Func<Fuse, IJobStore> connect, TimeProvider time, Ledger ledger, bool hasWorker = true, int concurrency = 2)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddSingleton(time).AddSingleton(ledger);
        IProDevJobsBuilder jobs = builder.Services.AddProDevJobs(static o => o.Backoff.Randomness = static () => 1).AddJobsFromThisAssembly();
        if (hasWorker)
            jobs.AddWorker(o => (o.Concurrency, o.Prefetch) = (concurrency, 0));
        builder.Services.AddSingleton(_ => connect(Fuse));
        _host = builder.Build();
    }

    public Fuse Fuse { get; } = new();

    public IJobClient Client => _host.Services.GetRequiredService<IJobClient>();

    public Task StartAsync() => _host.StartAsync();

    public Task StopAsync() => _host.StopAsync();

    /// <summary>A composition of its own over a store that all processes share.</summary>
    public static Func<Fuse, IJobStore> Composed(TestBroker broker, IJobStore shared, TimeProvider time) => fuse => new ComposedJobStore(
        broker,
        new ObservedStore(shared) { Before = fuse.BurnBefore, After = fuse.BurnAfter, IsShared = true },
        time,
        tap: fuse.Tap);

    public async ValueTask DisposeAsync() => await ((IAsyncDisposable)_host).DisposeAsync();
}
