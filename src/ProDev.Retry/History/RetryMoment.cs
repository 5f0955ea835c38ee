namespace ProDev.Retry;

/// <summary>
/// A count of the histories written in this process: an attempt that remembers where it stood can tell a history written beneath it from one that an exception,
/// thrown again, brought along from an earlier call. A class of its own, without a static constructor, because each first attempt reads it.
/// </summary>
internal static class RetryMoment
{
    private static long _written;

    public static long Now => Volatile.Read(ref _written);

    public static long Next() => Interlocked.Increment(ref _written);
}
