namespace ProDev.Caching.Internal;

/// <summary>Work that a synchronous caller has begun and does not wait for.</summary>
internal static class Background
{
    /// <summary>Lets it go on. It is the cache's own and does not throw: an outage is remembered by whoever met it.</summary>
    public static void Run(ValueTask work)
    {
        if (!work.IsCompleted)
            _ = work.AsTask();
    }
}
