namespace ProDev.Caching.Internal;

internal static class CancellationExtensions
{
    /// <summary>Cancels on the pool. What registered callbacks throw is nobody's here, and counts as observed.</summary>
    public static void CancelAndForget(this CancellationTokenSource cancellation) => _ = cancellation.CancelAsync().ContinueWith(
        static cancelled => _ = cancelled.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
}
