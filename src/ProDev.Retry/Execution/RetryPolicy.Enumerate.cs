using System.Runtime.CompilerServices;

namespace ProDev.Retry;

// A stream is retried until its first item is there: what the caller has seen cannot be taken back.
public sealed partial class RetryPolicy
{
    /// <summary>
    /// Reads a stream, and starts it again when it fails <b>before its first item</b>. Later failures are the caller's: some items have been seen.
    /// </summary>
    /// <remarks>
    /// One attempt is the start of the stream up to its first item, or to its end if it has none; <see cref="RetryOptions.AttemptTimeout"/> and
    /// <see cref="RetryOptions.Deadline"/> limit that part only. A stream that failed is disposed before the next one starts.
    /// </remarks>
    /// <typeparam name="TState">The state.</typeparam>
    /// <typeparam name="T">The items.</typeparam>
    /// <param name="state">Handed to each attempt. Pass a tuple for several values.</param>
    /// <param name="operation">Starts the stream. Its token is cancelled when the caller cancels.</param>
    /// <param name="cancellationToken">Ends the call, as the token of <c>WithCancellation</c> does.</param>
    /// <returns>The stream. Nothing runs before it is enumerated, and each enumeration starts anew.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="operation"/> is null.</exception>
    public IAsyncEnumerable<T> EnumerateAsync<TState, T>(
        TState state, Func<TState, CancellationToken, IAsyncEnumerable<T>> operation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return ReadAsync(state, operation, cancellationToken);
    }

    /// <summary>Reads a stream, and starts it again when it fails before its first item.</summary>
    /// <inheritdoc cref="EnumerateAsync{TState, T}(TState, Func{TState, CancellationToken, IAsyncEnumerable{T}}, CancellationToken)"/>
    public IAsyncEnumerable<T> EnumerateAsync<T>(Func<CancellationToken, IAsyncEnumerable<T>> operation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return ReadAsync(operation, static (start, token) => start(token), cancellationToken);
    }

    private async IAsyncEnumerable<T> ReadAsync<TState, T>(
        TState state, Func<TState, CancellationToken, IAsyncEnumerable<T>> operation, CancellationToken caller,
        [EnumeratorCancellation] CancellationToken reader = default)
    {
        using var both = caller.CanBeCanceled && reader.CanBeCanceled ? CancellationTokenSource.CreateLinkedTokenSource(caller, reader) : null;
        var either = both?.Token ?? (caller.CanBeCanceled ? caller : reader);
        var stream = await OpenAsync(state, operation, new StreamTokens(caller, reader, either)).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            while (stream.HasItem)
            {
                yield return stream.Current;
                await stream.MoveOnAsync().ConfigureAwait(false);
            }
        }
    }

    private async ValueTask<StartedStream<T>> OpenAsync<TState, T>(
        TState state, Func<TState, CancellationToken, IAsyncEnumerable<T>> operation, StreamTokens tokens)
    {
        try
        {
            return await ExecuteAsync(
                (state, operation, tokens),
                static (start, attempt) => StartedStream<T>.OpenAsync(start.state, start.operation, start.tokens, attempt),
                tokens.Either).ConfigureAwait(false);
        }
        catch (OperationCanceledException cancelled) when (tokens.AreHiddenIn(cancelled))
        {
            throw tokens.ShownIn(cancelled);
        }
    }
}
