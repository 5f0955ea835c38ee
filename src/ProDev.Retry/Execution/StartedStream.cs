namespace ProDev.Retry;

/// <summary>
/// A stream that has delivered its first item, or its end. It outlives the attempt that has started it, so its token is its own, and is cancelled with the attempt's
/// only until then.
/// </summary>
internal sealed class StartedStream<T> : IAsyncDisposable
{
    private readonly StreamTokens _tokens;
    private readonly CancellationTokenSource _life;
    private readonly IAsyncEnumerator<T> _items;

    private StartedStream(CancellationTokenSource life, IAsyncEnumerator<T> items, StreamTokens tokens)
    {
        _tokens = tokens;
        _life = life;
        _items = items;
    }

    public bool HasItem { get; private set; }

    public T Current => _items.Current;

    public static async ValueTask<StartedStream<T>> OpenAsync<TState>(
        TState state, Func<TState, CancellationToken, IAsyncEnumerable<T>> operation, StreamTokens tokens, CancellationToken attempt)
    {
        var life = CancellationTokenSource.CreateLinkedTokenSource(tokens.Either);
        StartedStream<T>? stream = null;
        try
        {
            var registration = attempt.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), life);
            await using (registration.ConfigureAwait(false))
            {
                stream = new StartedStream<T>(life, operation(state, life.Token).GetAsyncEnumerator(life.Token), tokens);
                await stream.MoveOnAsync().ConfigureAwait(false);
                return stream;
            }
        }
        catch
        {
            if (stream is not null)
                await stream.AbandonAsync().ConfigureAwait(false);
            else
                life.Dispose();
            throw;
        }
    }

    public async ValueTask MoveOnAsync()
    {
        try
        {
            HasItem = await _items.MoveNextAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException cancelled) when (_tokens.AreHiddenIn(cancelled))
        {
            throw _tokens.ShownIn(cancelled);
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _items.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            _life.Dispose();
        }
    }

    // What the stream has failed with is judged, not what becomes of it afterwards.
    private async ValueTask AbandonAsync()
    {
        try
        {
            await DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception)
        {
            // A stream that broke cannot always be disposed.
        }
    }
}
