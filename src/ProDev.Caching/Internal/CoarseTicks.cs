namespace ProDev.Caching.Internal;

/// <summary>
/// Milliseconds that cost a reader one load from memory, kept by a thread while there are many readers. They are never ahead of the ticks
/// they come from, and behind by the time between two updates, or by as long as the system gives that thread no processor.
/// </summary>
/// <remarks>Few readers ask the ticks themselves, so that a cache that rests, or has little to do, has no thread. Decision 0074 has the figures.</remarks>
internal sealed class CoarseTicks
{
    /// <summary>As many readings within <see cref="Span"/> are worth a thread.</summary>
    public const int Many = 4096;

    /// <summary>Milliseconds in which readings are counted.</summary>
    public const int Span = 100;

    /// <summary>So often the thread updates before it ends. Who still needs it starts another.</summary>
    public const int Updates = 100;

    private const long Nobody = long.MinValue;

    private readonly Func<long> _ticks;
    private readonly Action<Action> _start;
    private readonly Action _pause;
    private long _kept = Nobody;
    private long _countedSince;
    private int _count;
    private int _isStarting;

    /// <summary>Makes a clock that nobody keeps yet.</summary>
    /// <param name="ticks">Milliseconds that never go back.</param>
    /// <param name="start">Runs what it is given on a thread of its own.</param>
    /// <param name="pause">Waits for the time between two updates.</param>
    public CoarseTicks(Func<long> ticks, Action<Action> start, Action pause)
    {
        _ticks = ticks;
        _start = start;
        _pause = pause;
    }

    /// <summary>The system's, for all caches of the process.</summary>
    // RS0030: the clock of the system's TimeProvider, which the caller chose.
#pragma warning disable RS0030
    public static CoarseTicks System { get; } = new(
        static () => Environment.TickCount64,
        static keep => new Thread(() => keep()) { IsBackground = true, Name = "ProDev.Caching clock" }.Start(),
        static () => Thread.Sleep(10));
#pragma warning restore RS0030

    /// <summary>The ticks, or those of the last update.</summary>
    public long Recent
    {
        get
        {
            var kept = Volatile.Read(ref _kept);
            return kept != Nobody ? kept : Ask();
        }
    }

    // Readers who count at the same moment may lose a count; they are many then.
    private long Ask()
    {
        var now = _ticks();
        if (now - _countedSince >= Span)
        {
            _countedSince = now;
            _count = 0;
        }

        if (++_count >= Many && Interlocked.Exchange(ref _isStarting, 1) == 0)
            Start();
        return now;
    }

    private void Start()
    {
        _count = 0;
        try
        {
            _start(Keep);
        }
        catch (Exception exception) when (exception is OutOfMemoryException or ThreadStateException or PlatformNotSupportedException)
        {
            // No thread to be had. Everybody goes on asking, and nobody tries again.
        }
    }

    private void Keep()
    {
        for (var update = 0; update < Updates; update++)
        {
            Volatile.Write(ref _kept, _ticks());
            _pause();
        }

        Volatile.Write(ref _kept, Nobody);
        Volatile.Write(ref _isStarting, 0);
    }
}
