using System.Buffers;
using System.Runtime.InteropServices;

namespace ProDev.Retry;

/// <summary>
/// The attempts of a call as it goes on, in a rented array, because most calls that retry succeed in the end and need no history. Bounded, because a call may
/// retry for days.
/// </summary>
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
        else if (_count == RetryConstants.MostHistory)
            ForgetOlderHalf();
        else if (_count == _attempts.Length)
            Grow();
        _attempts[_count++] = attempt;
    }

    /// <summary>All attempts, the last one included, which is here already if another one was planned.</summary>
    public readonly IReadOnlyList<RetryAttempt> ToHistory(int last, Exception? exception)
    {
        var before = _count > 0 && _attempts![_count - 1].Number == last ? _count - 1 : _count;
        var history = new RetryAttempt[before + 1];
        _attempts.AsSpan(0, before).CopyTo(history);
        history[before] = new RetryAttempt(last, TimeSpan.Zero, exception);
        return history;
    }

    public void Release()
    {
        if (_attempts is null)
            return;
        ArrayPool<RetryAttempt>.Shared.Return(_attempts, clearArray: true);
        (_attempts, _count) = (null, 0);
    }

    private void ForgetOlderHalf()
    {
        const int Half = RetryConstants.MostHistory / 2;
        _attempts.AsSpan(Half, Half).CopyTo(_attempts);
        _attempts.AsSpan(Half, Half).Clear();
        _count = Half;
    }

    private void Grow()
    {
        var longer = ArrayPool<RetryAttempt>.Shared.Rent(_count * 2);
        _attempts.AsSpan(0, _count).CopyTo(longer);
        ArrayPool<RetryAttempt>.Shared.Return(_attempts!, clearArray: true);
        _attempts = longer;
    }
}
