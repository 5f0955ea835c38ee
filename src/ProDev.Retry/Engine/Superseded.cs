namespace ProDev.Retry;

/// <summary>
/// Disposes of results that another attempt replaces. A result that cannot be disposed, such as a response over a connection that broke, is often the very
/// reason for the retry, so it is logged and does not end the call.
/// </summary>
internal static class Superseded
{
    // To ask a text costs as much as the rest of an attempt.
    public static bool IsDisposable<T>(T result) => typeof(T) != typeof(string) && result is IDisposable or IAsyncDisposable;

    public static ValueTask DisposeAsync<T>(T result, RetryTelemetry telemetry)
    {
        if (result is IAsyncDisposable disposable)
            return DisposeAsync(disposable, telemetry);
        Dispose(result, telemetry);
        return ValueTask.CompletedTask;
    }

    public static void Dispose<T>(T result, RetryTelemetry telemetry)
    {
        try
        {
            (result as IDisposable)?.Dispose();
        }
        catch (Exception exception)
        {
            telemetry.NotDisposed(exception);
        }
    }

    private static async ValueTask DisposeAsync(IAsyncDisposable result, RetryTelemetry telemetry)
    {
        try
        {
            await result.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            telemetry.NotDisposed(exception);
        }
    }
}
