using StackExchange.Redis.Profiling;

namespace ProDev.Caching.Benchmarks;

/// <summary>Counts the commands that go to Redis for reads, beyond one each; a command that is not waited for alone would still count.</summary>
internal sealed class RedisExtraRoundTrips(string name, RedisPeer peer, Town value) : RedisRead<Town>(name, peer, value)
{
    // Of the reads alone: heartbeats and notices are sent in no read's flow.
    private readonly AsyncLocal<ProfilingSession?> _session = new();
    private long? _count;

    public override long? Count => _count;

    public override async Task OpenAsync(string directory)
    {
        await base.OpenAsync(directory);
        Redis.RegisterProfiler(() => _session.Value);
    }

    public override async Task<long> RunAsync()
    {
        var session = new ProfilingSession();
        _session.Value = session;
        var reads = await base.RunAsync();
        _session.Value = null;
        _count = session.FinishProfiling().Count() - reads;
        return reads;
    }
}
