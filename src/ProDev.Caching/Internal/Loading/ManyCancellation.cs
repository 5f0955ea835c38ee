namespace ProDev.Caching.Internal;

/// <summary>The token of one call of the source for several loads: cancelled when nobody waits for any of them.</summary>
// CA2213: a source without a timer and without a wait handle holds nothing that would have to be disposed, and it may be cancelling at the moment.
#pragma warning disable CA2213
internal sealed class ManyCancellation : IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();
#pragma warning restore CA2213
    private readonly List<CancellationTokenRegistration> _registrations = [];
    private int _wanted;

    public ManyCancellation(IEnumerable<CancellationToken> loads)
    {
        CancellationToken[] tokens = [.. loads];
        _wanted = tokens.Length;
        foreach (var token in tokens)
            _registrations.Add(token.UnsafeRegister(static self => ((ManyCancellation)self!).Unwanted(), this));
    }

    public CancellationToken Token => _cancellation.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
    }

    private void Unwanted()
    {
        if (Interlocked.Decrement(ref _wanted) == 0)
            _cancellation.CancelAndForget();
    }
}
