using Microsoft.Extensions.Logging;

namespace ProDev.Retry;

/// <summary>The log messages of the package. Ids are never reused.</summary>
internal static partial class RetryLog
{
    [LoggerMessage(1, LogLevel.Information, "Retry policy '{Policy}': attempt {Attempt} failed, the next one follows in {Delay}.")]
    public static partial void Retrying(ILogger logger, string policy, int attempt, TimeSpan delay, Exception? exception);

    [LoggerMessage(2, LogLevel.Warning, "Retry policy '{Policy}' gave up after attempt {Attempt}: {End}.")]
    public static partial void GaveUp(ILogger logger, string policy, int attempt, RetryEnd end, Exception? exception);

    [LoggerMessage(3, LogLevel.Error, "Retry policy '{Policy}' keeps its settings, because the changed ones are out of range.")]
    public static partial void ReloadRefused(ILogger logger, string policy, Exception exception);

    [LoggerMessage(4, LogLevel.Warning, "Retry policy '{Policy}': a result that was replaced could not be disposed.")]
    public static partial void NotDisposed(ILogger logger, string policy, Exception exception);

    [LoggerMessage(20, LogLevel.Error, "Circuit breaker '{Breaker}' keeps its settings, because the changed ones are out of range.")]
    public static partial void BreakerReloadRefused(ILogger logger, string breaker, Exception exception);
}
