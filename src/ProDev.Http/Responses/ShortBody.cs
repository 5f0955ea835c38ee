namespace ProDev.Http;

/// <summary>
/// Reads the short body of a failure that another attempt may replace, so that its connection is free during the delay and for that attempt. A longer one, or
/// one of unknown length, goes with its response.
/// </summary>
internal static class ShortBody
{
    private const int Longest = 16 * 1024;

    /// <summary>For how long the next attempt is kept waiting for the rest of a body. A connection is not worth more.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(1);

    public static bool IsIn(HttpResponseMessage response) => response.Content.Headers.ContentLength is > 0 and <= Longest;

    /// <summary>Reads the body into memory. What is not there in time arrives while the call goes on.</summary>
    /// <param name="response">
    /// Keeps a body that can be read, whatever happens here: its status and <c>Retry-After</c> count, and the caller may get it in the end.
    /// </param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the wait, without an exception.</param>
    public static async ValueTask ReadAsync(HttpResponseMessage response, TimeProvider time, CancellationToken cancellationToken)
    {
        var body = response.Content;
        var end = new CancellationTokenSource();
        var reading = body.LoadIntoBufferAsync(Longest, end.Token);
        if (!reading.IsCompleted)
            await reading.WaitAsync(Patience, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!reading.IsCompletedSuccessfully)
            response.Content = new PendingContent(body, reading, end);
    }
}
