using Microsoft.Extensions.Logging;

namespace ProDev.Caching.Internal;

// What the second level and the serializers report: event ids 20 to 39.
internal static partial class CacheLog
{
    [LoggerMessage(20, LogLevel.Warning, "The {Part} of the cache '{Cache}' did not answer; the call goes on without it.")]
    public static partial void Failed(ILogger logger, string part, string cache, Exception exception);

    [LoggerMessage(21, LogLevel.Error, "The {Part} of the cache '{Cache}' failed {Count} times in a row and is not asked for '{BreakDuration}'.")]
    public static partial void Broken(ILogger logger, string part, string cache, int count, TimeSpan breakDuration);

    [LoggerMessage(22, LogLevel.Information, "The {Part} of the cache '{Cache}' answers again.")]
    public static partial void Answering(ILogger logger, string part, string cache);

    [LoggerMessage(23, LogLevel.Warning, "The cache '{Cache}' discards what the second level holds for the key '{Key}': {Reason}.")]
    public static partial void Discarded(ILogger logger, string cache, string key, string reason, Exception? exception);

    [LoggerMessage(24, LogLevel.Information, "The cache '{Cache}' misses the key '{Key}': the second level holds a value of another type, or of another build's form of it.")]
    public static partial void OtherType(ILogger logger, string cache, string key);

    [LoggerMessage(25, LogLevel.Warning, "The cache '{Cache}' does not write the key '{Key}' to the second level: the value takes more than MaximumPayloadBytes, which is {Maximum}.")]
    public static partial void TooLarge(ILogger logger, string cache, string key, int maximum);

    [LoggerMessage(26, LogLevel.Warning, "The cache '{Cache}' cannot serialize a value of the type '{Type}'.")]
    public static partial void NotSerialized(ILogger logger, string cache, Type type, Exception exception);

    [LoggerMessage(27, LogLevel.Warning, "The cache '{Cache}' has no serializer for '{Type}', because {Reason}: such values stay in memory and are shared. Register an IHybridCacheSerializer for it, or change the type.")]
    public static partial void NoSerializer(ILogger logger, string cache, Type type, string reason);

    [LoggerMessage(28, LogLevel.Information, "The cache '{Cache}' has delivered all {Count} changes that had been waiting for the second level.")]
    public static partial void Recovered(ILogger logger, string cache, int count);

    [LoggerMessage(29, LogLevel.Warning, "More than {Limit} changes of the cache '{Cache}' wait for the second level; everything in it will be invalidated instead.")]
    public static partial void RecoveryOverflowed(ILogger logger, int limit, string cache);

    [LoggerMessage(30, LogLevel.Information, "The cache '{Cache}' does not write the key '{Key}' to the second level: the load took longer than TombstoneLifetime, which is '{Lifetime}'.")]
    public static partial void LoadedTooSlowly(ILogger logger, string cache, string key, TimeSpan lifetime);

    [LoggerMessage(31, LogLevel.Error, "The cache '{Cache}' failed to follow a notice of another process.")]
    public static partial void NoticeFailed(ILogger logger, string cache, Exception exception);
}
