using Microsoft.Extensions.Logging;

namespace ProDev.Caching.Internal;

// What loads report: event ids 1 to 19.
internal static partial class CacheLog
{
    [LoggerMessage(1, LogLevel.Warning, "The cache '{Cache}' could not load a value and serves a stale one.")]
    public static partial void StaleServed(ILogger logger, string cache, Exception exception);

    [LoggerMessage(2, LogLevel.Warning, "The cache '{Cache}' could not refresh a value before it expires; the present one stays until then.")]
    public static partial void RefreshFailed(ILogger logger, string cache, Exception exception);

    [LoggerMessage(3, LogLevel.Warning, "A load of the cache '{Cache}' takes longer than FactoryHardTimeout, which is '{Timeout}'; it goes on in the background.")]
    public static partial void LoadTimedOut(ILogger logger, string cache, TimeSpan? timeout);

    [LoggerMessage(4, LogLevel.Error, "A listener to the events of the cache '{Cache}' failed on {Kind}; the cache goes on.")]
    public static partial void ListenerFailed(ILogger logger, string cache, CacheEventKind kind, Exception exception);

    [LoggerMessage(5, LogLevel.Error, "A listener to the measurements or traces of the cache '{Cache}' failed; the cache goes on.")]
    public static partial void MeasurementFailed(ILogger logger, string cache, Exception exception);
}
