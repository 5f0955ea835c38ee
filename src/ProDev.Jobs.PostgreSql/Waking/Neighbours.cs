using ProDev.Shared.Waking;

namespace ProDev.Jobs.PostgreSql;

/// <summary>What the stores of one schema tell each other: that there is work, that somebody waits for jobs to end, and which have ended.</summary>
internal sealed class Neighbours : IDisposable
{
    /// <summary>Between looks at a job while nobody tells of its end.</summary>
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>The same while others tell; they may fail to.</summary>
    private static readonly TimeSpan ToldInterval = TimeSpan.FromSeconds(1);

    private readonly WorkSignal _work = new();
    private readonly EndSignal _ends = new();
    private readonly WakeChannel _channel;
    private readonly WakeNotifier _notifier;
    private readonly EndNotifier _endNotifier;
    private readonly WaitAnnouncer _announcer;
    private readonly WakeListener _listener;
    private readonly TimeProvider _time;
    private readonly bool _listens;

    public Neighbours(PostgreSqlDatabase database, WakeChannel channel, TimeProvider time, bool listens)
    {
        (_channel, _time, _listens) = (channel, time, listens);
        (_notifier, _endNotifier, _announcer) = (new(channel), new(channel, time), new(channel, time));
        _listener = new WakeListener(database, channel, Begin, Hear);
    }

    /// <summary>Ends when there may be work; whoever asks is told of that of other processes from then on.</summary>
    public Task NextWork()
    {
        Task next = _work.Next;
        Listen();
        return next;
    }

    /// <summary>There is work.</summary>
    public void Wake()
    {
        _work.Pulse();
        _notifier.Touch();
    }

    /// <summary>Jobs may have ended. Whoever ends jobs hears who waits for them, also if it has never waited itself.</summary>
    public void Ended(IEnumerable<Guid> ids)
    {
        Listen();
        _ends.Pulse(ids);
        _endNotifier.Touch(ids);
    }

    /// <summary>Waits until a job, or any, may have ended.</summary>
    public Task WaitForEndAsync(Guid? id, TimeSpan timeout, CancellationToken cancellationToken)
    {
        Listen();
        TimeSpan longest = ProbeInterval;
        if (_listener.IsListening)
        {
            // Nobody has heard of the first wait before it begins, so that one is a short one.
            longest = _announcer.IsHeard ? ToldInterval : ProbeInterval;
            _announcer.Touch();
        }

        return _ends.WaitAsync(id, timeout < longest ? timeout : longest, _time, cancellationToken);
    }

    /// <summary>Says what is to be said, and is silent then.</summary>
    public async Task StopAsync()
    {
        await _listener.StopAsync().ConfigureAwait(false);
        await Task.WhenAll(_notifier.DrainAsync(), _endNotifier.DrainAsync(), _announcer.DrainAsync()).ConfigureAwait(false);
    }

    public void Dispose() => _listener.Dispose();

    private void Listen()
    {
        if (_listens)
            _listener.Start();
    }

    private void Begin()
    {
        _announcer.Forget();
        _work.Pulse();
        _ends.PulseAll();
    }

    private void Hear(string name, string word)
    {
        if (name == _channel.Ended)
        {
            if (!EndMessage.TryRead(word, _channel.Sender, out IReadOnlyList<Guid> ids))
                return;
            if (ids.Count == 0)
                _ends.PulseAll();
            else
                _ends.Pulse(ids);
        }
        else if (WaitAnnouncer.TryRead(word, out string waiting))
        {
            if (waiting == _channel.Sender)
                _announcer.Heard();
            else
                _endNotifier.Awaited();
        }
        else if (word != _channel.Sender)
        {
            _work.Pulse();
        }
    }
}
