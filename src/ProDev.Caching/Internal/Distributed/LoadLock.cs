using Microsoft.Extensions.Logging;

namespace ProDev.Caching.Internal;

/// <summary>A lock that is given back without an exception and without a wait beyond a limit.</summary>
internal sealed class LoadLock(IAsyncDisposable held, TimeSpan timeout, TimeProvider time, string cache, ILogger logger) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        Task? running = null;
        try
        {
            running = held.DisposeAsync().AsTask();
            await running.WaitAsync(timeout, time).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            CacheLog.Failed(logger, "load locks", cache, exception);
            Abandoned.Watch(running);
        }
    }
}
