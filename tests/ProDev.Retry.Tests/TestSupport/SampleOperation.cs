namespace ProDev.Retry.Tests;

/// <summary>A struct operation of each kind that answers at once.</summary>
internal readonly struct SampleOperation(int value)
    : IRetryOperation<int>, IRetryOperation, ISyncRetryOperation<int>, ISyncRetryOperation
{
    public ValueTask<int> InvokeAsync(CancellationToken cancellationToken) => new(value);

    ValueTask IRetryOperation.InvokeAsync(CancellationToken cancellationToken) => default;

    public int Invoke(CancellationToken cancellationToken) => value;

    void ISyncRetryOperation.Invoke(CancellationToken cancellationToken)
    {
    }
}
