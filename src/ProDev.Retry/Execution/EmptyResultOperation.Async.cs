using System.Runtime.CompilerServices;

namespace ProDev.Retry;

/// <summary>An asynchronous operation without a result, with an empty one, so that one path serves both.</summary>
internal readonly struct AsyncEmptyResultOperation<TOperation>(TOperation operation) : IRetryOperation<ValueTuple>
    where TOperation : struct, IRetryOperation
{
    public ValueTask<ValueTuple> InvokeAsync(CancellationToken cancellationToken)
    {
        var call = operation.InvokeAsync(cancellationToken);
        if (!call.IsCompletedSuccessfully)
            return FinishAsync(call);

        // A pooled source is freed by asking it for its result.
        call.GetAwaiter().GetResult();
        return default;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<ValueTuple> FinishAsync(ValueTask call)
    {
        await call.ConfigureAwait(false);
        return default;
    }
}

/// <summary>The way back from an empty result to none.</summary>
internal static class EmptyResult
{
    public static ValueTask Drop(ValueTask<ValueTuple> call)
    {
        if (!call.IsCompletedSuccessfully)
            return FinishAsync(call);

        _ = call.Result;
        return default;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private static async ValueTask FinishAsync(ValueTask<ValueTuple> call) => await call.ConfigureAwait(false);
}
