using Microsoft.Extensions.DependencyInjection;

namespace ProDev.Jobs.Benchmarks;

/// <summary>A provider through its seam: leases, fencing, history, wake-up.</summary>
internal sealed class StoreQueue(Action<IProDevJobsBuilder, string> use) : IQueue
{
    private static readonly string[] Queues = ["default"];
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private ServiceProvider? _services;
    private IJobStore _store = null!;

    public string Name => "ProDev";

    public async Task OpenAsync(string path)
    {
        var services = new ServiceCollection();
        use(services.AddProDevJobs(), path);
        _services = services.BuildServiceProvider();
        _store = _services.GetRequiredService<IJobStore>();
        await _store.OpenAsync(CancellationToken.None);
    }

    public async Task EnqueueAsync(IReadOnlyList<byte[]> payloads)
    {
        var envelopes = new JobEnvelope[payloads.Count];
        for (var i = 0; i < envelopes.Length; i++)
            envelopes[i] = new JobEnvelope { Id = Guid.CreateVersion7(), Name = "benchmark", Payload = payloads[i], Queue = Queues[0] };
        await _store.EnqueueAsync(envelopes, CancellationToken.None);
    }

    public async Task<int> ClaimAndFinishAsync(int maximum)
    {
        var request = new FetchRequest { Queues = Queues, Maximum = maximum, Lease = Lease, Worker = "benchmark" };
        var jobs = await _store.FetchAsync(request, CancellationToken.None);
        if (jobs.Count == 0)
            return 0;
        var held = await _store.CompleteAsync([.. jobs.Select(j => j.Lease)], CancellationToken.None);
        return held.Count(h => h);
    }

    public async ValueTask DisposeAsync()
    {
        if (_services is not null)
            await _services.DisposeAsync();
        _services = null;
    }
}
