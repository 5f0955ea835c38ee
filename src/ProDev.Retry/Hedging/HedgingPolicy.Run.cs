namespace ProDev.Retry;

public sealed partial class HedgingPolicy
{
    private ValueTask<T> RunAsync<TOperation, T>(TOperation operation, CancellationToken cancellationToken)
        where TOperation : struct, IRetryOperation<T>
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<T>(cancellationToken);

        _countingBudget?.OnStart();
        var token = CopyToken.Rent(cancellationToken);
        var first = Invoke<TOperation, T>(operation, token.Token);
        if (!first.IsCompletedSuccessfully || _resultPredicates is not null)
            return new HedgedCall<TOperation, T>(this, operation, cancellationToken).RunAsync(new HedgedCopy<T>(1, token, first));

        var result = first.Result;

        // What has to be disposed lives on, and may have kept the token: it must never see the cancellation of another call.
        if (result is IDisposable or IAsyncDisposable)
            token.Unlink();
        else
            token.Return();
        if (_budget is not null)
        {
            var held = 0;
            _budget.OnSuccess(ref held);
        }

        return new ValueTask<T>(result);
    }

    private ValueTask RunAsync<TOperation>(TOperation operation, CancellationToken cancellationToken)
        where TOperation : struct, IRetryOperation =>
        EmptyResult.Drop(RunAsync<AsyncEmptyResultOperation<TOperation>, ValueTuple>(new(operation), cancellationToken));

    private static ValueTask<T> Invoke<TOperation, T>(TOperation operation, CancellationToken token)
        where TOperation : struct, IRetryOperation<T>
    {
        try
        {
            return operation.InvokeAsync(token);
        }
        catch (Exception exception)
        {
            // The caller of an asynchronous method gets its exceptions from the awaited task.
            return ValueTask.FromException<T>(exception);
        }
    }
}
