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
    private long _saidAt = Never;

    /// <summary>Whether the others have had the time to hear it.</summary>
    public bool IsHeard => Volatile.Read(ref _saidAt) is var saidAt and not Never && time.GetElapsedTime(saidAt) >= Travel;

    /// <summary>A wait begins.</summary>
    public void Touch()
    {
        long saidAt = Volatile.Read(ref _saidAt);
        if ((saidAt == Never || time.GetElapsedTime(saidAt) >= Interval) && Interlocked.CompareExchange(ref _saidAt, time.GetTimestamp(), saidAt) == saidAt)
            _edge.Touch();
    }

    /// <summary>Nobody may have heard it.</summary>
    public void Forget() => Volatile.Write(ref _saidAt, Never);

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
