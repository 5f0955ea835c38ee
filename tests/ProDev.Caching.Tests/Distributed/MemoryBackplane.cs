namespace ProDev.Caching.Tests;

/// <summary>One process's end of a backplane in memory.</summary>
internal sealed class MemoryBackplane(List<MemoryBackplane> all) : ICacheBackplane
{
    private Action<CacheNotice>? _received;

    public bool IsDown { get; set; }

    public bool? IsConnected { get; set; }

    public List<CacheNotice> Sent { get; } = [];

    public Action? Missed { get; private set; }

    public ValueTask PublishAsync(CacheNotice notice, CancellationToken cancellationToken)
    {
        if (IsDown)
            throw new IOException("The backplane is down.");
        lock (Sent)
            Sent.Add(notice);
        foreach (var other in all)
        {
            if (other != this)
                other._received?.Invoke(notice);
        }

        return default;
    }

    public IAsyncDisposable Listen(Action<CacheNotice> received, Action missed)
    {
        _received = received;
        Missed = missed;
        return new Listening(this);
    }

    private sealed class Listening(MemoryBackplane owner) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            owner._received = null;
            return default;
        }
    }
}
