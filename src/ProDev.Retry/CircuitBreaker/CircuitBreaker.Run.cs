using System.Runtime.CompilerServices;

namespace ProDev.Retry;

// Three loops without a loop: with result, without, synchronous. A call that is there at once needs no state machine.
public sealed partial class CircuitBreaker
{
    private ValueTask<T> RunAsync<TOperation, T>(TOperation operation, CancellationToken cancellationToken)
        where TOperation : struct, IRetryOperation<T>
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<T>(cancellationToken);
        if (!TryBegin(out CircuitEntry entry))
            return ValueTask.FromException<T>(Rejection(entry));

        ValueTask<T> call;
        try
        {
            call = operation.InvokeAsync(cancellationToken);
        }
        catch (Exception exception)
        {
            // The caller of an asynchronous method gets its exceptions from the awaited task.
            Report(entry, Judge(exception, cancellationToken), exception);
            return ValueTask.FromException<T>(exception);
        }

        if (!call.IsCompletedSuccessfully)
            return AwaitAsync(call, entry, cancellationToken);
        if (_settings.ResultPredicates is not null)
        {
            var result = call.Result;
            Report(entry, Judge(result));
            return new ValueTask<T>(result);
        }

        Report(entry, CircuitVerdict.Success);
        return call;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<T> AwaitAsync<T>(ValueTask<T> call, CircuitEntry entry, CancellationToken cancellationToken)
    {
        var (verdict, cause) = (CircuitVerdict.Neutral, default(Exception));
        try
        {
            var result = await call.ConfigureAwait(false);
            verdict = Judge(result);
            return result;
        }
        catch (Exception exception) when (Notes(exception, cancellationToken, out verdict, out cause))
        {
            throw;
        }
        finally
        {
            Report(entry, verdict, cause);
        }
    }

    private ValueTask RunAsync<TOperation>(TOperation operation, CancellationToken cancellationToken)
        where TOperation : struct, IRetryOperation
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled(cancellationToken);
        if (!TryBegin(out CircuitEntry entry))
            return ValueTask.FromException(Rejection(entry));

        ValueTask call;
        try
        {
            call = operation.InvokeAsync(cancellationToken);
        }
        catch (Exception exception)
        {
            Report(entry, Judge(exception, cancellationToken), exception);
            return ValueTask.FromException(exception);
        }

        if (!call.IsCompletedSuccessfully)
            return AwaitAsync(call, entry, cancellationToken);
        Report(entry, CircuitVerdict.Success);
        return call;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask AwaitAsync(ValueTask call, CircuitEntry entry, CancellationToken cancellationToken)
    {
        var (verdict, cause) = (CircuitVerdict.Neutral, default(Exception));
        try
        {
            await call.ConfigureAwait(false);
            verdict = CircuitVerdict.Success;
        }
        catch (Exception exception) when (Notes(exception, cancellationToken, out verdict, out cause))
        {
            throw;
        }
        finally
        {
            Report(entry, verdict, cause);
        }
    }

    private T RunSync<TOperation, T>(TOperation operation, CancellationToken cancellationToken)
        where TOperation : struct, ISyncRetryOperation<T>
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!TryBegin(out CircuitEntry entry))
            throw Rejection(entry);

        var (verdict, cause) = (CircuitVerdict.Neutral, default(Exception));
        try
        {
            var result = operation.Invoke(cancellationToken);
            verdict = Judge(result);
            return result;
        }
        catch (Exception exception) when (Notes(exception, cancellationToken, out verdict, out cause))
        {
            throw;
        }
        finally
        {
            // After the operation's own finally blocks, so that an observer finds its locks released.
            Report(entry, verdict, cause);
        }
    }

    /// <summary>An exception filter that only looks: the exception passes untouched, with its stack and without a second throw.</summary>
    private bool Notes(Exception exception, CancellationToken cancellationToken, out CircuitVerdict verdict, out Exception? cause)
    {
        (verdict, cause) = (Judge(exception, cancellationToken), exception);
        return false;
    }

    internal CircuitVerdict Judge(Exception exception, CancellationToken cancellationToken) =>
        CircuitJudge.OfException(Volatile.Read(ref _settings), _callbacks, exception, cancellationToken);

    internal CircuitVerdict Judge<T>(T result) => Volatile.Read(ref _settings) is { ResultPredicates: not null } settings
        ? CircuitJudge.OfResult(settings, _callbacks, result)
        : CircuitVerdict.Success;
}
