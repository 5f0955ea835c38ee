namespace ProDev.Caching.Internal;

/// <summary>Looks after operations that nobody waits for any more.</summary>
internal static class Abandoned
{
    /// <summary>Asks an operation to stop, keeps its exception from being one that nobody has seen, and gives back what it brings too late: a lock.</summary>
    public static void Leave<T>(Task<T>? running, CancellationTokenSource stop)
    {
        // On another thread, for the callbacks are the store's and may take their time.
        _ = IgnoreAsync(stop.CancelAsync());
        if (running is not null)
            _ = GiveBackAsync(running);
    }

    /// <summary>The same for what brings nothing.</summary>
    public static void Leave(Task? running, CancellationTokenSource stop)
    {
        _ = IgnoreAsync(stop.CancelAsync());
        Watch(running);
    }

    /// <summary>Keeps the exception of an operation that cannot be stopped from being one that nobody has seen.</summary>
    public static void Watch(Task? running)
    {
        if (running is not null)
            _ = IgnoreAsync(running);
    }

    private static async Task GiveBackAsync<T>(Task<T> running)
    {
        try
        {
            if (await running.ConfigureAwait(false) is IAsyncDisposable late)
                await late.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The gate has logged why nobody waits; what came after it changes nothing.
        }
    }

    private static async Task IgnoreAsync(Task task) => await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
