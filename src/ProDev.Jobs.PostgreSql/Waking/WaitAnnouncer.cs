namespace ProDev.Jobs.PostgreSql;

/// <summary>Says to other processes, now and then, that somebody here waits for jobs to end. Safe for concurrent use.</summary>
internal sealed class WaitAnnouncer(WakeChannel channel, TimeProvider time)
{
    /// <summary>How long the others remember it; longer than the time after which it is said again, so that one word may be lost.</summary>
    public static readonly TimeSpan Validity = TimeSpan.FromSeconds(30);

    private const string Word = "?";
    private const long Never = long.MinValue;
    private static readonly TimeSpan Interval = Validity / 3;
    private static readonly TimeSpan Travel = TimeSpan.FromSeconds(1);

    private readonly TrailingEdge _edge = new(() => channel.SendAsync(channel.Name, Word + channel.Sender), TimeSpan.FromMilliseconds(10));
    private readonly Lock _lock = new();
    private long _saidAt = Never;
    private long _heardSince = Never;
    private long _heardAt = Never;

    /// <summary>
    /// Whether the others have heard it and remember it: it has come back, so that it was sent and can be heard, and they have had the time to take it in.
    /// </summary>
    public bool IsHeard
    {
        get
        {
            lock (_lock)
                return IsRemembered && time.GetElapsedTime(_heardSince) >= Travel;
        }
    }

    private bool IsRemembered => _heardAt != Never && time.GetElapsedTime(_heardAt) < Validity;

    /// <summary>A wait begins.</summary>
    public void Touch()
    {
        lock (_lock)
        {
            if (_saidAt != Never && time.GetElapsedTime(_saidAt) < Interval)
                return;
            _saidAt = time.GetTimestamp();
        }

        _edge.Touch();
    }

    /// <summary>It has come back.</summary>
    public void Heard()
    {
        lock (_lock)
        {
            long now = time.GetTimestamp();
            if (!IsRemembered)
                _heardSince = now;
            _heardAt = now;
        }
    }

    /// <summary>Nobody may have heard it.</summary>
    public void Forget()
    {
        lock (_lock)
            (_saidAt, _heardSince, _heardAt) = (Never, Never, Never);
    }

    /// <inheritdoc cref="TrailingEdge.DrainAsync"/>
    public Task DrainAsync() => _edge.DrainAsync();

    /// <summary>Returns whether a word on <see cref="WakeChannel.Name"/> is this one, and who says it.</summary>
    public static bool TryRead(string word, out string sender)
    {
        bool isOne = word.StartsWith(Word, StringComparison.Ordinal);
        sender = isOne ? word[Word.Length..] : "";
        return isOne;
    }
}
