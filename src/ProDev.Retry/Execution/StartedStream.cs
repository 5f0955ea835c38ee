namespace ProDev.Retry;

/// <summary>
/// A stream that has delivered its first item, or its end. It outlives the attempt that has started it, so its token is its own, and is cancelled with the attempt's
/// only until then.
/// </summary>
internal sealed class StartedStream<T> : IAsyncDisposable
{
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _life;
    private readonly IAsyncEnumerator<T> _items;

    private StartedStream(CancellationTokenSource life, IAsyncEnumerator<T> items, CancellationToken caller)
    {
        _caller = caller;
        _life = life;
        _items = items;
    }

    public bool HasItem { get; private set; }

    public T Current => _items.Current;

    public static async ValueTask<StartedStream<T>> OpenAsync<TState>(
        TState state, Func<TState, CancellationToken, IAsyncEnumerable<T>> operation, CancellationToken caller, CancellationToken attempt)
    {
        var life = CancellationTokenSource.CreateLinkedTokenSource(caller);
        StartedStream<T>? stream = null;
        try
        {
            var registration = attempt.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), life);
            await using (registration.ConfigureAwait(false))
            {
                stream = new StartedStream<T>(life, operation(state, life.Token).GetAsyncEnumerator(life.Token), caller);
                await stream.MoveOnAsync().ConfigureAwait(false);
                return stream;
            }
        }
        catch
        {
            if (stream is not null)
                await stream.DisposeAsync().ConfigureAwait(false);
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
        catch (OperationCanceledException cancelled) when (cancelled.CancellationToken == _life.Token && _caller.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancelled.Message, cancelled, _caller);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _items.DisposeAsync().ConfigureAwait(false);
        _life.Dispose();
    }
}
