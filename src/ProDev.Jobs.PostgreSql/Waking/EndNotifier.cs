namespace ProDev.Jobs.PostgreSql;

/// <summary>
/// Tells processes that wait for the end of jobs which have ended; but only if one of them has said, a short time ago, that it waits. Safe for concurrent use.
/// </summary>
internal sealed class EndNotifier
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly TrailingEdge _edge;
    private readonly WakeChannel _channel;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly HashSet<Guid> _ids = [];
    private long _awaitedAt = long.MinValue;

    public EndNotifier(WakeChannel channel, TimeProvider time)
    {
        (_channel, _time) = (channel, time);
        _edge = new TrailingEdge(SendAsync, Pause);
    }

    /// <summary>Somebody elsewhere waits.</summary>
    public void Awaited() => Volatile.Write(ref _awaitedAt, _time.GetTimestamp());

    /// <summary>Jobs may have ended.</summary>
    public void Touch(IEnumerable<Guid> ids)
    {
        long awaitedAt = Volatile.Read(ref _awaitedAt);
        if (awaitedAt == long.MinValue || _time.GetElapsedTime(awaitedAt) > WaitAnnouncer.Validity)
            return;
        lock (_lock)
            _ids.UnionWith(ids);
        _edge.Touch();
    }

    /// <inheritdoc cref="TrailingEdge.DrainAsync"/>
    public Task DrainAsync() => _edge.DrainAsync();

    private async Task SendAsync()
    {
        Guid[] ids;
        lock (_lock)
        {
            ids = [.. _ids];
            _ids.Clear();
        }

        if (ids.Length == 0)
            return;
        try
        {
            await _channel.SendAsync(_channel.Ended, EndMessage.Write(_channel.Sender, ids)).ConfigureAwait(false);
        }
        catch
        {
            PutBack(ids);
            throw;
        }
    }

    /// <summary>The next message names them, too; with more than it can name it is about any job.</summary>
    private void PutBack(Guid[] ids)
    {
        lock (_lock)
            _ids.UnionWith(ids.Take(EndMessage.MaxIds + 1 - _ids.Count));
    }
}
