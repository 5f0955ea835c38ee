using System.Runtime.CompilerServices;

// CA2012: the loop awaits without taking the outcome, and takes it once.
#pragma warning disable CA2012

namespace ProDev.Retry;

// The loop for operations with a result.
internal sealed partial class RetryEngine
{
    public ValueTask<T> RunAsync<TOperation, T>(TOperation operation, CancellationToken cancellationToken)
        where TOperation : struct, IRetryOperation<T>
    {
        if (!_isPlain || cancellationToken.IsCancellationRequested)
            return GuardAsync<TOperation, T>(operation, cancellationToken);
        ValueTask<T> first;
        try
        {
            first = operation.InvokeAsync(cancellationToken);
        }
        catch (Exception exception)
        {
            // The caller of an asynchronous method gets its exceptions from the awaited task.
            first = ValueTask.FromException<T>(exception);
        }

        if (!first.IsCompletedSuccessfully)
            return ContinueAsync(operation, first, cancellationToken);
        Telemetry.Succeeded();

        // Not the task itself, if possible: it has just been written field by field, and copying it as a whole makes the processor wait for that,
        // longer than all the rest takes.
        return operation is IReturnsTask ? first : new ValueTask<T>(first.Result);
    }

    public ValueTask<RetryOutcome<T>> TryAsync<TOperation, T>(TOperation operation, CancellationToken cancellationToken)
        where TOperation : struct, IRetryOperation<T>
    {
        var run = new RetryRun(this, cancellationToken);
        return cancellationToken.IsCancellationRequested
            ? new ValueTask<RetryOutcome<T>>(run.Cancelled<T>())
            : LoopAsync<TOperation, T>(operation, default, run);
    }

    private ValueTask<T> GuardAsync<TOperation, T>(TOperation operation, CancellationToken cancellationToken)
        where TOperation : struct, IRetryOperation<T>
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<T>(cancellationToken);
        var run = new RetryRun(this, cancellationToken);
        if (_tellsDeadline)
            return Unwrap(LoopAsync<TOperation, T>(operation, default, run));
        var first = run.Next<TOperation, T>(operation);
        if (Judges is not null || !first.IsCompletedSuccessfully)
            return Unwrap(LoopAsync(operation, first, run));
        if (operation is IReturnsTask)
            first = new ValueTask<T>(first.AsTask());
        var result = first.Result;
        run.Succeeds(result);
        return operation is IReturnsTask ? first : new ValueTask<T>(result);
    }

    private ValueTask<T> ContinueAsync<TOperation, T>(TOperation operation, ValueTask<T> first, CancellationToken cancellationToken)
        where TOperation : struct, IRetryOperation<T>
    {
        var run = new RetryRun(this, cancellationToken);
        run.HasBegun();
        return Unwrap(LoopAsync(operation, first, run));
    }

    // No exception is caught here: an attempt is awaited without taking what it threw, so that a failure is not thrown again for each retry.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<RetryOutcome<T>> LoopAsync<TOperation, T>(TOperation operation, ValueTask<T> call, RetryRun run)
        where TOperation : struct, IRetryOperation<T>
    {
        if (run.Attempt == 0)
            call = run.Next<TOperation, T>(operation);
        while (true)
        {
            if (!call.IsCompleted)
            {
                run.StartTimer();
                await new Settlement<T>(call);
            }

            var failure = Settlement.Of(call, out var result);
            if ((failure is null ? run.Refuses(result, operation) : run.Fails(failure, operation)) && run.Announces())
            {
                for (var wait = run.Delay; wait > TimeSpan.Zero; wait = run.StillToWait())
                    await run.DelayAsync(wait);
                if (run.MayGoOn())
                {
                    if (failure is null)
                        await DisposeAsync(result).ConfigureAwait(false);
                    call = run.Next<TOperation, T>(operation);
                    continue;
                }
            }

            if (failure is null && run.IsReplaced)
                await DisposeAsync(result).ConfigureAwait(false);
            return run.Ends(result);
        }
    }

    private static ValueTask<T> Unwrap<T>(ValueTask<RetryOutcome<T>> call)
    {
        if (!call.IsCompletedSuccessfully)
            return UnwrapAsync(call);
        var outcome = call.Result;
        return outcome.Exception switch
        {
            null => new ValueTask<T>(outcome.Result),
            OperationCanceledException => UnwrapAsync(new ValueTask<RetryOutcome<T>>(outcome)),
            var exception => ValueTask.FromException<T>(exception),
        };
    }

    // A cancelled task, not a failed one, comes from an asynchronous method only.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<T> UnwrapAsync<T>(ValueTask<RetryOutcome<T>> call) => (await call.ConfigureAwait(false)).GetResult();
}
