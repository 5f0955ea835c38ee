using System.Runtime.InteropServices;

namespace ProDev.Retry;

/// <summary>The token of one copy. The caller's token cancels it, until <see cref="Unlink"/>.</summary>
/// <remarks>
/// The sources are not disposed: they have no timer, and a cancellation by the caller, which may run at the same moment,
/// would throw in the caller's own <c>Cancel</c>.
/// </remarks>
[StructLayout(LayoutKind.Auto)]
internal readonly struct CopyToken
{
    [ThreadStatic]
    private static CancellationTokenSource? _spare;

    private readonly CancellationTokenSource _source;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenRegistration _link;

    private CopyToken(CancellationTokenSource source, CancellationToken caller)
    {
        _source = source;
        _caller = caller;
        _link = caller.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), source);
    }

    public CancellationToken Token => _source.Token;

    /// <summary>Takes the thread's spare source, which is all that a copy that completes at once needs.</summary>
    public static CopyToken Rent(CancellationToken caller)
    {
        var source = _spare ?? new CancellationTokenSource();
        _spare = null;
        return new CopyToken(source, caller);
    }

    /// <summary>Gives the source of a copy that has completed to the next call on this thread.</summary>
    public void Return()
    {
        // False: the caller's cancellation runs, or has run.
        if ((_link.Unregister() || !_caller.CanBeCanceled) && _source.TryReset())
            _spare = _source;
    }

    /// <summary>Does not wait for a cancellation by the caller that runs at this moment: it may be what runs this.</summary>
    public void Unlink() => _link.Unregister();

    /// <summary>Marks the token as cancelled at once and tells its observers on the thread pool.</summary>
    public Task CancelAsync() => _source.CancelAsync();
}
