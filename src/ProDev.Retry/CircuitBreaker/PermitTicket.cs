namespace ProDev.Retry;

/// <summary>
/// What all copies of one <see cref="CircuitPermit"/> share, so that only the first report counts. Tickets are used again, by whichever
/// thread reports; the version tells a copy from before. One whose permit is never reported is left to the garbage collector.
/// </summary>
internal sealed class PermitTicket
{
    private const int MostSpares = 32;

    [ThreadStatic]
    private static PermitTicket? _spares;

    [ThreadStatic]
    private static int _spareCount;

    private PermitTicket? _next;
    private CircuitBreaker? _breaker;
    private CircuitEntry _entry;
    private long _version;

    public static CircuitPermit Issue(CircuitBreaker breaker, CircuitEntry entry)
    {
        var ticket = _spares;
        if (ticket is null)
        {
            ticket = new PermitTicket();
        }
        else
        {
            _spares = ticket._next;
            _spareCount--;
            ticket._next = null;
        }

        ticket._breaker = breaker;
        ticket._entry = entry;
        return new CircuitPermit(ticket, ticket._version);
    }

    public void Report(long version, CircuitVerdict verdict, Exception? cause)
    {
        if (Interlocked.CompareExchange(ref _version, version + 1, version) != version)
            return;

        var (breaker, entry) = (_breaker!, _entry);
        _breaker = null;
        _entry = default;
        if (_spareCount < MostSpares)
        {
            _next = _spares;
            _spares = this;
            _spareCount++;
        }

        breaker.Report(entry, verdict, cause);
    }
}
