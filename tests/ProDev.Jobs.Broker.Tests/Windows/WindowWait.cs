namespace ProDev.Jobs.Broker.Tests;

/// <summary>Waiting for something in a window.</summary>
internal static class WindowWait
{
    /// <summary>Ends with the signal, with <paramref name="other"/>, at the next look of the window, or at the timeout.</summary>
    public static async Task WaitAsync(
        this DeliveryWindow window, Task signal, Func<CancellationToken, Task> other, TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task elsewhere = other(ended.Token);
        TimeSpan wait = window.NextLook() - time.GetUtcNow() is { } untilLook && untilLook < timeout ? untilLook : timeout;
        if (wait > TimeSpan.Zero)
        {
            // Rounded up: Task.Delay drops the fraction of a millisecond and would end before the moment has come.
            wait = TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));
            await Task.WhenAny(signal, elsewhere, Task.Delay(wait, time, ended.Token));
        }

        await ended.CancelAsync();
        await elsewhere.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
