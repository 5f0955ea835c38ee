using System.Runtime.CompilerServices;

// CA2012: the loop awaits without taking the outcome, and takes it once.
#pragma warning disable CA2012

namespace ProDev.Retry;

// The loop for operations with a result.
internal sealed partial class RetryEngine
{
    // Inlined into the caller, where T is known exactly, and the task that is returned need never be written to memory.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ValueTask<T> RunAsync<TOperation, T>(TOperation operation, CancellationToken cancellationToken)
        where TOperation : struct, IRetryOperation<T>
    {
        if (!_isPlain || cancellationToken.IsCancellationRequested)
            return GuardAsync<TOperation, T>(operation, cancellationToken);
        var begun = RetryMoment.Now;
        CountingBudget?.OnStart();
        var first = StartedAttempt<T>.Start(operation, cancellationToken);
        if (!first.HasResult)
            return RestAsync(operation, first, begun, cancellationToken);
        if (Budget is not null || RetryTelemetry.IsCounting)
            Succeeded();
        return new ValueTask<T>(first.Result);
    }

    public ValueTask<RetryOutcome<T>> TryAsync<TOperation, T>(TOperation operation, CancellationToken cancellationToken)
        where TOperation : struct, IRetryOperation<T>
    {
        return cancellationToken.IsCancellationRequested
            ? new ValueTask<RetryOutcome<T>>(RetryRun.Cancelled<T>(cancellationToken))
            : LoopAsync<TOperation, T>(operation, default, default!, new RetryRun(this, cancellationToken));
    }

    private ValueTask<T> GuardAsync<TOperation, T>(TOperation operation, CancellationToken cancellationToken)
        where TOperation : struct, IRetryOperation<T>
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<T>(cancellationToken);
        var run = new RetryRun(this, cancellationToken);
        return GoOnAsync(operation, run.Next<TOperation, T>(operation), ref run);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ValueTask<T> RestAsync<TOperation, T>(TOperation operation, StartedAttempt<T> attempt, long begun, CancellationToken cancellationToken)
        where TOperation : struct, IRetryOperation<T>
    {
        var first = attempt.Take();
        if (!first.IsCompleted)
            return AwaitFirstAsync(operation, first, begun, cancellationToken);
        if (!first.IsCompletedSuccessfully)
            return ContinueAsync(operation, first, begun, cancellationToken);
        Succeeded();
        return first;
    }

    // What the first attempt needs that completes later and succeeds, and no more: the state machine of the loop is some 200 bytes larger.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<T> AwaitFirstAsync<TOperation, T>(TOperation operation, ValueTask<T> first, long begun, CancellationToken cancellationToken)
        where TOperation : struct, IRetryOperation<T>
    {
        await new Settlement<T>(first);
        if (!first.IsCompletedSuccessfully)
            return await ContinueAsync(operation, first, begun, cancellationToken).ConfigureAwait(false);
        Succeeded();
        return first.Result;
    }

    private ValueTask<T> ContinueAsync<TOperation, T>(TOperation operation, ValueTask<T> first, long begun, CancellationToken cancellationToken)
        where TOperation : struct, IRetryOperation<T>
    {
        var run = new RetryRun(this, begun, cancellationToken);
        return GoOnAsync(operation, StartedAttempt<T>.Of(ref first), ref run);
    }

    // Attempts that complete at once, one after the other without a delay, need no state machine.
    private static ValueTask<T> GoOnAsync<TOperation, T>(TOperation operation, StartedAttempt<T> attempt, ref RetryRun run)
        where TOperation : struct, IRetryOperation<T>
    {
        try
        {
            while (true)
            {
                var (call, result, failure) = (default(ValueTask<T>), attempt.Result, default(Exception));
                if (!attempt.HasResult)
                {
                    call = attempt.Take();
                    if (!call.IsCompleted)
                        return LaterAsync(operation, call, default!, ref run);
                    if (operation is IReturnsTask)
                        call = new ValueTask<T>(call.AsTask());
                    failure = Settlement.Of(call, out result);
                }

                var isRetried = Settles(failure, operation, result, ref run);
                if (run.IsSuccess)
                {
                    run.LeaveScope();
                    return operation is IReturnsTask ? call : new ValueTask<T>(result);
                }

                if (!isRetried || run.Delay > TimeSpan.Zero || (run.HasResult && Superseded.IsDisposable(result)) || !run.MayGoOn())
                    return LaterAsync(operation, default, result, ref run);
                attempt = run.Next<TOperation, T>(operation);
            }
        }
        finally
        {
            run.RestoreScope();
        }
    }

    // Not inlined: the state machine has room for the whole run, which its caller would have to clear for every call.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ValueTask<T> LaterAsync<TOperation, T>(TOperation operation, ValueTask<T> call, T result, ref RetryRun run)
        where TOperation : struct, IRetryOperation<T> => Unwrap(LoopAsync(operation, call, result, run));

    // No exception is caught here: an attempt is awaited without taking what it threw, so that a failure is not thrown again for each retry.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<RetryOutcome<T>> LoopAsync<TOperation, T>(TOperation operation, ValueTask<T> call, T result, RetryRun run)
        where TOperation : struct, IRetryOperation<T>
    {
        while (!run.IsOver)
        {
            for (var wait = run.Delay; run.IsRetried && wait > TimeSpan.Zero; wait = run.StillToWait())
                await run.DelayAsync(wait);
            if (run.IsRetried && !run.MayGoOn())
                break;
            if (run.HasResult)
                await Superseded.DisposeAsync(result, run.Telemetry).ConfigureAwait(false);
            if (run.IsToStart)
                call = run.Next<TOperation, T>(operation).ToTask();
            if (!call.IsCompleted)
            {
                run.StartTimer();
                await new Settlement<T>(call);
            }

            Settles(Settlement.Of(call, out result), operation, result, ref run);
        }

        if (run.HasResult && run.IsReplaced)
            await Superseded.DisposeAsync(result, run.Telemetry).ConfigureAwait(false);
        return run.Ends(result);
    }

    private static bool Settles<TOperation, T>(Exception? failure, TOperation operation, T result, ref RetryRun run)
        where TOperation : struct, IRetryOperation<T> =>
        (failure is null ? run.Refuses(result, operation) : run.Fails(failure, operation)) && run.Announces();

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
