using System.Runtime.InteropServices;

namespace ProDev.Retry;

/// <summary>
/// One place of a <see cref="ConcurrencyLimit"/>. Disposing it gives the place back, exactly once: a second call, a call on a
/// copy and a call from another thread are harmless. The default value has no place.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly struct ConcurrencyPermit : IDisposable
{
    private readonly ConcurrencyLimit? _limit;
    private readonly int _slot;
    private readonly int _version;

    internal ConcurrencyPermit(ConcurrencyLimit limit, int slot, int version)
    {
        _limit = limit;
        _slot = slot;
        _version = version;
    }

    /// <summary>Gives the place back, to the call that waits longest, if any does.</summary>
    public void Dispose() => _limit?.Leave(_slot, _version);
}
