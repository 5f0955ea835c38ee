using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ProDev.Jobs.Benchmarks;

/// <summary>ProDev.Jobs in a host, as an application has it. <paramref name="place"/> makes an empty store and ends it.</summary>
internal sealed class ProDevSystem(string name, Func<IStorePlace> place, Action<WorkerOptions>? configure = null) : IJobSystem
{
    private IStorePlace? _place;
    private IHost? _host;
    private IJobClient _client = null!;

    public string Name => name;

    public int Workers { get; } = WorkersOf(configure);

    public async Task OpenAsync()
    {
        await DisposeAsync();
        _place = place();
        _host = new HostBuilder()
            .ConfigureServices(services =>
            {
                var jobs = services.AddProDevJobs();
                _place.Use(jobs);
                jobs.AddJobsFromThisAssembly().AddWorker(configure);
            })
            .Build();
        _client = _host.Services.GetRequiredService<IJobClient>();
        await _host.Services.GetRequiredService<IJobStore>().OpenAsync(CancellationToken.None);
        await _place.ListenAsync();
    }

    public Task EnqueueAsync(string text) => _client.EnqueueAsync(new Work(text));

    public Task EnqueueManyAsync(int count, string text) => _client.EnqueueManyAsync(Enumerable.Repeat(new Work(text), count));

    public Task EnqueueHoldAsync() => _client.EnqueueAsync(new Hold());

    public Task StartAsync() => _host!.StartAsync();

    public async Task SettleAsync()
    {
        // A worker that has stopped has written every outcome.
        await _host!.StopAsync();
        var counts = await _client.CountAsync();
        if (counts.Pending > 0 || counts.DeadLettered > 0)
            throw new InvalidOperationException($"{counts.Pending} jobs of {Name} did not end, and {counts.DeadLettered} were given up.");
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is null)
            return;
        await _host.StopAsync();
        _host.Dispose();
        _host = null;
        await _place!.DisposeAsync();
    }

    private static int WorkersOf(Action<WorkerOptions>? configure)
    {
        var options = new WorkerOptions();
        configure?.Invoke(options);
        return options.Concurrency;
    }
}
