using System.Runtime.CompilerServices;

namespace ProDev.Retry;

public sealed partial class RetryPolicy
{
    private ValueTask<T> RunAsync<TOperation, T>(TOperation operation, CancellationToken cancellationToken)
        where TOperation : struct, IRetryOperation<T>
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<T>(cancellationToken);

        var started = Start();
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

        if (!first.IsCompletedSuccessfully || _resultPredicates is not null)
            return JudgeAsync(operation, first, new Run(this, started, cancellationToken), cancellationToken);

        SucceedAtOnce();
        return first;
    }

    /// <summary>Judges a first result that is there at once without a state machine, which a good result does not need.</summary>
    private static ValueTask<T> JudgeAsync<TOperation, T>(
        TOperation operation, ValueTask<T> first, Run run, CancellationToken cancellationToken)
        where TOperation : struct, IRetryOperation<T>
    {
        if (!first.IsCompletedSuccessfully)
            return RetryAsync(operation, first, run, cancellationToken);

        var result = first.Result;
        try
        {
            return run.Refuses(result)
                ? RetryAsync(operation, new ValueTask<T>(result), run, cancellationToken)
                : new ValueTask<T>(result);
        }
        catch (Exception exception)
        {
            return ValueTask.FromException<T>(exception);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<T> RetryAsync<TOperation, T>(
        TOperation operation, ValueTask<T> first, Run run, CancellationToken cancellationToken)
        where TOperation : struct, IRetryOperation<T>
    {
        while (true)
        {
            var (returned, result) = (false, default(T)!);
            try
            {
                result = run.Attempt == 1
                    ? await first.ConfigureAwait(false)
                    : await operation.InvokeAsync(cancellationToken).ConfigureAwait(false);
                returned = true;
            }
            catch (Exception exception) when (run.Catches(exception))
            {
            }

            if (returned && !run.Refuses(result))
                return result;
            run.Announce();
            if (run.Delay > TimeSpan.Zero)
                await run.DelayAsync();
            if (run.IsTooLate())
            {
                run.ThrowFailure();
                return result;
            }

            if (returned)
                await DisposeAsync(result).ConfigureAwait(false);
            run.StartNext();
        }
    }

    private ValueTask RunAsync<TOperation>(TOperation operation, CancellationToken cancellationToken)
        where TOperation : struct, IRetryOperation
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled(cancellationToken);

        var started = Start();
        ValueTask first;
        try
        {
            first = operation.InvokeAsync(cancellationToken);
        }
        catch (Exception exception)
        {
            first = ValueTask.FromException(exception);
        }

        if (!first.IsCompletedSuccessfully)
            return RetryAsync(operation, first, new Run(this, started, cancellationToken), cancellationToken);

        SucceedAtOnce();
        return first;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private static async ValueTask RetryAsync<TOperation>(
        TOperation operation, ValueTask first, Run run, CancellationToken cancellationToken)
        where TOperation : struct, IRetryOperation
    {
        while (true)
        {
            try
            {
                if (run.Attempt == 1)
                    await first.ConfigureAwait(false);
                else
                    await operation.InvokeAsync(cancellationToken).ConfigureAwait(false);
                run.Succeed();
                return;
            }
            catch (Exception exception) when (run.Catches(exception))
            {
            }

            run.Announce();
            if (run.Delay > TimeSpan.Zero)
                await run.DelayAsync();
            if (run.IsTooLate())
                run.ThrowFailure();
            run.StartNext();
        }
    }

    private T RunSync<TOperation, T>(TOperation operation, CancellationToken cancellationToken)
        where TOperation : struct, ISyncRetryOperation<T>
    {
        cancellationToken.ThrowIfCancellationRequested();
        var run = new Run(this, Start(), cancellationToken);
        while (true)
        {
            var (returned, result) = (false, default(T)!);
            try
            {
                result = operation.Invoke(cancellationToken);
                returned = true;
            }
            catch (Exception exception) when (run.Catches(exception))
            {
            }

            if (returned && !run.Refuses(result))
                return result;
            run.Announce();
            if (run.Delay > TimeSpan.Zero)
                run.Sleep();
            if (run.IsTooLate())
            {
                run.ThrowFailure();
                return result;
            }

            if (returned)
                (result as IDisposable)?.Dispose();
            run.StartNext();
        }
    }

    /// <summary>Begins a call; a policy without a deadline never reads the clock.</summary>
    private long Start()
    {
        _countingBudget?.OnStart();
        return _deadline is null ? 0 : _time.GetTimestamp();
    }

    private void SucceedAtOnce()
    {
        if (_budget is null)
            return;
        var held = 0;
        _budget.OnSuccess(ref held);
    }

    private static ValueTask DisposeAsync<T>(T superseded)
    {
        if (superseded is IAsyncDisposable asynchronous)
            return asynchronous.DisposeAsync();
        (superseded as IDisposable)?.Dispose();
        return ValueTask.CompletedTask;
    }
}
