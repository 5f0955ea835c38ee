using System.Runtime.CompilerServices;

namespace ProDev.Retry;

public sealed partial class ConcurrencyLimit
{
    // A call that runs here gives its place back exactly once by its structure, and needs no permit for it.
    private ValueTask<T> RunAsync<TOperation, T>(TOperation operation, CancellationToken cancellationToken)
        where TOperation : struct, IRetryOperation<T>
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<T>(cancellationToken);
        if (!_places.TryTake())
            return RunLaterAsync<TOperation, T>(operation, cancellationToken);

        ValueTask<T> call;
        try
        {
            call = operation.InvokeAsync(cancellationToken);
        }
        catch (Exception exception)
        {
            // The caller of an asynchronous method gets its exceptions from the awaited task.
            call = ValueTask.FromException<T>(exception);
        }

        if (!call.IsCompleted)
            return FinishAsync(call);
        _places.Release();
        return call;
    }

    private ValueTask RunAsync<TOperation>(TOperation operation, CancellationToken cancellationToken)
        where TOperation : struct, IRetryOperation =>
        EmptyResult.Drop(RunAsync<AsyncEmptyResultOperation<TOperation>, ValueTuple>(new(operation), cancellationToken));

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<T> FinishAsync<T>(ValueTask<T> call)
    {
        try
        {
            return await call.ConfigureAwait(false);
        }
        finally
        {
            _places.Release();
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<T> RunLaterAsync<TOperation, T>(TOperation operation, CancellationToken cancellationToken)
        where TOperation : struct, IRetryOperation<T>
    {
        await TakeLaterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // The place may have been granted just before the caller cancelled.
            cancellationToken.ThrowIfCancellationRequested();
            return await operation.InvokeAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _places.Release();
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ConcurrencyPermit> EnterLaterAsync(CancellationToken cancellationToken)
    {
        await TakeLaterAsync(cancellationToken).ConfigureAwait(false);
        return Permit();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask TakeLaterAsync(CancellationToken cancellationToken)
    {
        using var waiter = Queue(cancellationToken);
        if (waiter is not null && !await waiter.Granted.ConfigureAwait(false))
            throw WaitedTooLong();
    }

    private T RunSync<TOperation, T>(TOperation operation, CancellationToken cancellationToken)
        where TOperation : struct, ISyncRetryOperation<T>
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!_places.TryTake())
            TakeLater(cancellationToken);
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            return operation.Invoke(cancellationToken);
        }
        finally
        {
            _places.Release();
        }
    }

    private void TakeLater(CancellationToken cancellationToken)
    {
        // Whoever grants the place wakes this thread directly, so that no second thread of the pool is needed.
        using var waiter = Queue(cancellationToken);
        if (waiter is not null && !waiter.Granted.GetAwaiter().GetResult())
            throw WaitedTooLong();
    }

    /// <summary>The waiter, if the call has to wait; null if it has a place after all.</summary>
    private PlaceWaiter? Queue(CancellationToken cancellationToken)
    {
        if (MaxQueued == 0)
            throw Full();

        var waiter = new PlaceWaiter(_places);
        switch (_places.TakeOrQueue(waiter))
        {
            case PlaceAnswer.Taken:
                return null;
            case PlaceAnswer.Full:
                throw Full();
            default:
                Watch(waiter, cancellationToken);
                return waiter;
        }
    }

    private void Watch(PlaceWaiter waiter, CancellationToken cancellationToken)
    {
        try
        {
            waiter.Watch(_queueTimeout, _time, cancellationToken);
        }
        catch
        {
            // The clock is the user's, and it threw.
            _ = waiter.AbandonAsync();
            throw;
        }
    }
}
