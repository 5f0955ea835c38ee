namespace ProDev.Jobs.PostgreSql;

/// <summary>
/// Where claims begin. At the front, unless that has become slow: while a transaction is left open somewhere, the entries of claimed jobs stay in
/// the index, and each claim from the front walks over all of them. Then claims go on behind the last one, and look at the front again after ten
/// times as long as that took, a second at most, or as soon as there is too little behind. Safe for concurrent use.
/// </summary>
internal sealed class ClaimStart(TimeProvider time)
{
    /// <summary>A small claim says nothing about the index.</summary>
    public const int FewestRows = 50;

    /// <summary>How often in a row it must have been slow: once may be the machine.</summary>
    private const int SlowInARow = 3;

    private const int TimesBetweenLooks = 10;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>A slow disk takes as long, too. To begin behind does no harm then: a job of higher priority waits some ten claims at most, and no longer than a second.</summary>
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, ClaimPlace> _places = new(StringComparer.Ordinal);
    private int _slow;
    private TimeSpan _pause;
    private long _lookedAt;

    /// <summary>Gives the place of each queue behind which a claim begins; null for the front of all.</summary>
    public ClaimPlace[]? Of(IReadOnlyList<string> queues)
    {
        lock (_lock)
        {
            if (_slow < SlowInARow || time.GetElapsedTime(_lookedAt) >= _pause)
                return null;
            return [.. queues.Select(q => _places.GetValueOrDefault(q, ClaimPlace.Front))];
        }
    }

    /// <summary>A claim has given these jobs, in order.</summary>
    public void Claimed(List<ClaimedRow> rows, bool wasAhead, TimeSpan took)
    {
        lock (_lock)
        {
            if (!wasAhead)
                Looked(rows.Count, took);
            if (_slow == 0)
                return;
            foreach (ClaimedRow row in rows)
                _places[row.Job.Envelope.Queue] = ClaimPlace.Of(row);
        }
    }

    private void Looked(int rows, TimeSpan took)
    {
        _places.Clear();
        _slow = took >= Slow && rows >= FewestRows ? Math.Min(_slow + 1, SlowInARow) : 0;
        TimeSpan pause = took * TimesBetweenLooks;
        (_pause, _lookedAt) = (pause < LongestPause ? pause : LongestPause, time.GetTimestamp());
    }
}
