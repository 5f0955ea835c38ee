using System.Buffers;
using System.Runtime.InteropServices;

namespace ProDev.Retry;

/// <summary>The attempts of a call as it goes on, in a rented array, because most calls that retry succeed in the end and need no history.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct RetryTrail
{
    private const int Shortest = 8;

    private RetryAttempt[]? _attempts;
    private int _count;

    public void Add(RetryAttempt attempt, int mostAttempts)
    {
        if (_attempts is null)
            _attempts = ArrayPool<RetryAttempt>.Shared.Rent(Math.Min(mostAttempts, Shortest));
        else if (_count == _attempts.Length)
            Grow();
        _attempts[_count++] = attempt;
    }

    /// <summary>All attempts, the last one included.</summary>
    public readonly IReadOnlyList<RetryAttempt> ToHistory(int last, Exception? exception)
    {
        var history = new RetryAttempt[_count + 1];
        _attempts.AsSpan(0, _count).CopyTo(history);
        history[_count] = new RetryAttempt(last, TimeSpan.Zero, exception);
        return history;
    }

    public void Release()
    {
        if (_attempts is null)
            return;
        ArrayPool<RetryAttempt>.Shared.Return(_attempts, clearArray: true);
        (_attempts, _count) = (null, 0);
    }

    private void Grow()
    {
        var longer = ArrayPool<RetryAttempt>.Shared.Rent(_count * 2);
        _attempts.AsSpan(0, _count).CopyTo(longer);
        ArrayPool<RetryAttempt>.Shared.Return(_attempts!, clearArray: true);
        _attempts = longer;
    }
}
