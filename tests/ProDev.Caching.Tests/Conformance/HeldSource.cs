namespace ProDev.Caching.Tests.Conformance;

/// <summary>A slow source in the hand of the test: whoever loads from it waits until the test says what it answers.</summary>
public sealed class HeldSource<T>
{
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<CancellationToken> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _loads;

    /// <summary>How often it was asked.</summary>
    public int Loads => Volatile.Read(ref _loads);

    /// <summary>The token of the first load, once that runs. A cache may start it on another thread.</summary>
    public Task<CancellationToken> Started => _started.Task;

    public void Answer(T value) => _answer.SetResult(value);

    public void Fail(Exception exception) => _answer.SetException(exception);

    public async ValueTask<T> LoadAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _loads);
        _started.TrySetResult(cancellationToken);
        return await _answer.Task;
    }
}
