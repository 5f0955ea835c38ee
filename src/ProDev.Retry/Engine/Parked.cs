namespace ProDev.Retry;

/// <summary>Where a task waits on its thread for the one who takes it next: it is too large for the registers that a method returns.</summary>
internal static class Parked<T>
{
    private static readonly object Here = new();

    [ThreadStatic]
    private static ValueTask<T> _call;

    /// <summary>Returns something that is not null.</summary>
    public static object Put(ValueTask<T> call)
    {
        _call = call;
        return Here;
    }

    public static ValueTask<T> Take()
    {
        var call = _call;
        _call = default;
        return call;
    }
}
