using System.Runtime.CompilerServices;

// CA2012: the loop awaits without taking the outcome, and takes it once.
#pragma warning disable CA2012

namespace ProDev.Retry;

// The loop for operations without a result. A task without a result cannot be seen as one with an empty result without a wrapper
// that allocates when it completes later; hence a loop of its own.
internal sealed partial class RetryEngine
{
    public ValueTask RunAsync<TOperation>(TOperation operation, CancellationToken cancellationToken)
        where TOperation : struct, IRetryOperation
    {
        if (!_isPlain || cancellationToken.IsCancellationRequested)
            return GuardAsync(operation, cancellationToken);
        var begun = RetryMoment.Now;
        CountingBudget?.OnStart();
        ValueTask first;
        try
        {
            first = operation.InvokeAsync(cancellationToken);
        }
        catch (Exception exception)
        {
            first = ValueTask.FromException(exception);
        }

        if (!first.IsCompleted)
            return AwaitFirstAsync(operation, first, begun, cancellationToken);
        if (!first.IsCompletedSuccessfully)
            return ContinueAsync(operation, first, begun, cancellationToken);
        Succeeded();
        return first;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask AwaitFirstAsync<TOperation>(TOperation operation, ValueTask first, long begun, CancellationToken cancellationToken)
        where TOperation : struct, IRetryOperation
    {
        await new Settlement(first);
        if (first.IsCompletedSuccessfully)
        {
            first.GetAwaiter().GetResult();
            Succeeded();
        }
        else
        {
            await ContinueAsync(operation, first, begun, cancellationToken).ConfigureAwait(false);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ValueTask ContinueAsync<TOperation>(TOperation operation, ValueTask first, long begun, CancellationToken cancellationToken)
        where TOperation : struct, IRetryOperation => Unwrap(LoopAsync(operation, first, new RetryRun(this, begun, cancellationToken)));

    // Not inlined, like its namesake for results.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ValueTask LaterAsync<TOperation>(TOperation operation, ValueTask call, ref RetryRun run)
        where TOperation : struct, IRetryOperation => Unwrap(LoopAsync(operation, call, run));

    private ValueTask GuardAsync<TOperation>(TOperation operation, CancellationToken cancellationToken)
        where TOperation : struct, IRetryOperation
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled(cancellationToken);
        var run = new RetryRun(this, cancellationToken);
        try
        {
            var first = run.Next(operation);
            if (!first.IsCompletedSuccessfully)
                return LaterAsync(operation, first, ref run);
            run.Succeeds(default(ValueTuple));
            run.LeaveScope();
            return first;
        }
        finally
        {
            run.RestoreScope();
        }
    }

    public async ValueTask<RetryOutcome> TryAsync<TOperation>(TOperation operation, CancellationToken cancellationToken)
        where TOperation : struct, IRetryOperation
    {
        return new RetryOutcome(cancellationToken.IsCancellationRequested
            ? RetryRun.Cancelled<ValueTuple>(cancellationToken)
            : await LoopAsync(operation, default, new RetryRun(this, cancellationToken)).ConfigureAwait(false));
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<RetryOutcome<ValueTuple>> LoopAsync<TOperation>(TOperation operation, ValueTask call, RetryRun run)
        where TOperation : struct, IRetryOperation
    {
        while (!run.IsOver)
        {
            for (var wait = run.Delay; run.IsRetried && wait > TimeSpan.Zero; wait = run.StillToWait())
                await run.DelayAsync(wait);
            if (run.IsRetried && !run.MayGoOn())
                break;
            if (run.IsToStart)
                call = run.Next(operation);
            if (!call.IsCompleted)
            {
                run.StartTimer();
                await new Settlement(call);
            }

            if (Settlement.Of(call) is not { } failure)
                run.Succeeds(default(ValueTuple));
            else if (run.Fails(failure, operation))
                run.Announces();
        }

        return run.Ends(default(ValueTuple));
    }

    private static ValueTask Unwrap(ValueTask<RetryOutcome<ValueTuple>> call)
    {
        if (!call.IsCompletedSuccessfully)
            return UnwrapAsync(call);
        var outcome = call.Result;
        return outcome.Exception switch
        {
            null => default,
            OperationCanceledException => UnwrapAsync(new ValueTask<RetryOutcome<ValueTuple>>(outcome)),
            var exception => ValueTask.FromException(exception),
        };
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private static async ValueTask UnwrapAsync(ValueTask<RetryOutcome<ValueTuple>> call) => (await call.ConfigureAwait(false)).GetResult();
}
