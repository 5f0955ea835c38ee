using System.Runtime.InteropServices;

namespace ProDev.Retry;

/// <summary>The attempts of a call as it goes on. Most calls that retry succeed after one or two failures, so the first two need no list.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct RetryTrail
{
    private RetryAttempt _first;
    private RetryAttempt _second;
    private List<RetryAttempt>? _others;

    public void Add(RetryAttempt attempt)
    {
        if (_first.Number == 0)
            _first = attempt;
        else if (_second.Number == 0)
            _second = attempt;
        else
            (_others ??= []).Add(attempt);
    }

    /// <summary>All attempts, the last one included.</summary>
    public readonly IReadOnlyList<RetryAttempt> ToHistory(RetryAttempt last)
    {
        if (_first.Number == 0)
            return [last];
        return _second.Number == 0 ? [_first, last] : [_first, _second, .. _others ?? [], last];
    }
}
