namespace ProDev.Retry;

/// <summary>One copy of the operation that was started.</summary>
internal sealed class HedgedCopy<T>(int attempt, CopyToken token, ValueTask<T> call)
{
    /// <summary>1 for the first copy.</summary>
    public int Attempt { get; } = attempt;

    /// <summary>A task, because the outcome of the copy that fails first may be asked for twice.</summary>
    public Task<T> Call { get; } = call.AsTask();

    /// <summary>The result of a copy that has returned one.</summary>
    public T Result => Call.GetAwaiter().GetResult();

    /// <summary>What the copy, which has ended, threw; null if it returned a result.</summary>
    public Exception? Failure()
    {
        token.Unlink();
        if (Call.IsCompletedSuccessfully)
            return null;

        try
        {
            _ = Result;
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }

    /// <summary>Cancels a copy that lost and clears up behind it, whenever it ends. Nobody waits for this, so it must not fail.</summary>
    public async Task AbandonAsync(object? returned)
    {
        token.Unlink();
        try
        {
            await token.CancelAsync().ConfigureAwait(false);
        }
        catch (Exception)
        {
            // An observer of the token threw. The copy's end does not depend on it.
        }

        await DisposeResultAsync(returned).ConfigureAwait(false);
    }

    /// <summary>Disposes the result, unless it is the very one that the caller got; an exception of the copy counts as observed.</summary>
    public async Task DisposeResultAsync(object? returned)
    {
        try
        {
            var result = await Call.ConfigureAwait(false);
            if (returned is not null && ReferenceEquals(result, returned))
                return;
            if (result is IAsyncDisposable asynchronous)
                await asynchronous.DisposeAsync().ConfigureAwait(false);
            else
                (result as IDisposable)?.Dispose();
        }
        catch (Exception)
        {
            // The call has another outcome.
        }
    }
}
