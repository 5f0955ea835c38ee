using ZiggyCreatures.Caching.Fusion;

namespace ProDev.Caching.Benchmarks;

/// <summary>Checks that what is measured is a hit.</summary>
internal static class Hit
{
    public const int Keys = 1024;
    public const string Country = "tenant-a";

    /// <summary>The keys as strings, made once.</summary>
    public static readonly string[] Names = [.. Enumerable.Range(0, Keys).Select(id => $"city:{Country}:{id}")];

    /// <summary>The factory of a key that is there.</summary>
    public static ValueTask<T> Unexpected<T>(CancellationToken cancellationToken) => throw new InvalidOperationException("A hit was expected.");

    /// <summary>The same for FusionCache.</summary>
    public static Task<T> UnexpectedTask<T>(FusionCacheFactoryExecutionContext<T> context, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("A hit was expected.");

    public static T Completed<T>(ValueTask<T> task) =>
        task.IsCompletedSuccessfully ? task.Result : throw new InvalidOperationException("A hit completes at once.");

    public static T Completed<T>(Task<T> task) =>
        task.IsCompletedSuccessfully ? task.Result : throw new InvalidOperationException("A hit completes at once.");

    public static T Missing<T>(string key) => throw new InvalidOperationException($"The key \"{key}\" is missing.");
}
