using System.Buffers;
using System.Runtime.InteropServices;

namespace ProDev.Retry;

/// <summary>
/// The attempts of a call as it goes on: two without any array, the others in a rented one, because most calls that retry succeed soon and need no history.
/// Bounded, because a call may retry for days.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal struct RetryTrail
{
    private const int Shortest = 8;

    private RetryAttempt _first;
    private RetryAttempt _second;
    private RetryAttempt[]? _attempts;
    private int _count;

    public void Add(RetryAttempt attempt)
    {
        if (_first.Number == 0)
        {
            _first = attempt;
            return;
        }

        if (_second.Number == 0)
        {
            _second = attempt;
            return;
        }

        if (_attempts is null)
            _attempts = ArrayPool<RetryAttempt>.Shared.Rent(Shortest);
        else if (_count == RetryConstants.MostHistory)
            ForgetOlderHalf();
        else if (_count == _attempts.Length)
            Grow();
        _attempts[_count++] = attempt;
    }

    /// <summary>All attempts, the last one included, which is here already if another one was planned.</summary>
    public readonly IReadOnlyList<RetryAttempt> ToHistory(int last, Exception? exception)
    {
        var history = new List<RetryAttempt>(_count + 3);
        if (_first.Number != 0 && !HasForgotten)
            history.Add(_first);
        if (_second.Number != 0 && !HasForgotten)
            history.Add(_second);
        history.AddRange(_attempts.AsSpan(0, _count));
        if (history.Count > 0 && history[^1].Number == last)
            history.RemoveAt(history.Count - 1);
        history.Add(new RetryAttempt(last, TimeSpan.Zero, exception));
        return history;
    }

    // What is kept has no gaps.
    private readonly bool HasForgotten => _count > 0 && _attempts![0].Number > _second.Number + 1;

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
