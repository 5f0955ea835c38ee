using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace ProDev.Jobs.Sqlite;

/// <summary>
/// The changes that wait for the next transaction. It lets callers who were answered together come back together: whoever leads would else commit the
/// first of them alone, and while it does the others gather; for ever after two halves take turns, and each flush to disk serves one of them. A lone
/// caller waits for nobody, and nobody waits for long, or again and again, for callers who do not come back.
/// </summary>
internal sealed class WaitingLine(TimeProvider time)
{
    /// <summary>After it was in vain to wait, so many transactions do not.</summary>
    internal const int Rest = 8;

    /// <summary>The longest wait. On a fast disk it is shorter: half as long as the latest transaction took.</summary>
    private static readonly TimeSpan MaxPatience = TimeSpan.FromMicroseconds(500);

    private readonly ConcurrentQueue<WriteOperation> _operations = new();
    private int _expected;
    private int _resting;
    private TimeSpan _patience;

    public bool IsEmpty => _operations.IsEmpty;

    public void Join(WriteOperation operation) => _operations.Enqueue(operation);

    public bool TryTake([NotNullWhen(true)] out WriteOperation? operation) => _operations.TryDequeue(out operation);

    /// <summary>To be told by the leader before the callers of a transaction get their answers: how many they are, and how long it took.</summary>
    public void Remember(int answered, TimeSpan taken)
    {
        // Who is answered now and who waits already: so many call at the same time. More than a transaction takes need not be there before it begins.
        _expected = Math.Min(answered + _operations.Count, GroupCommit.MaxOperations);
        _patience = taken / 2 < MaxPatience ? taken / 2 : MaxPatience;
    }

    /// <summary>To be called by the leader: lets others run until as many are in line as there were the last time, or for half a transaction.</summary>
    public async ValueTask WaitForCompanionsAsync()
    {
        int first = _operations.Count;
        int missing = _expected - first;
        if (_expected <= 1 || missing <= 0)
            return;
        if (_resting > 0)
        {
            _resting--;
            return;
        }

        long started = time.GetTimestamp();
        while (_operations.Count < _expected && time.GetElapsedTime(started) < _patience)
            await default(BehindOthers);
        int came = _operations.Count - first;
        if (came * 2 < missing)
            _resting = Rest;
    }
}
