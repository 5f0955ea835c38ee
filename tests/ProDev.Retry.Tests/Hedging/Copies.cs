namespace ProDev.Retry.Tests;

/// <summary>An operation whose copies the test lets end, each by its number.</summary>
internal sealed class Copies<T>
{
    private const int Most = 10;

    /// <summary>A test that waits for what never comes fails, in place of hanging.</summary>
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);

    private readonly (TaskCompletionSource<T> End, CancellationToken Token)[] _copies =
        new (TaskCompletionSource<T> End, CancellationToken Token)[Most];

    private readonly TaskCompletionSource[] _starts =
        [.. Enumerable.Range(0, Most).Select(static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously))];

    private int _started;

    public int Started => Volatile.Read(ref _started);

    /// <summary>A copy that follows a failure may start on another thread than the one that let the copy before it fail.</summary>
    public Task HasStarted(int copy) => _starts[copy - 1].Task.WaitAsync(Hang);

    public ValueTask<T> RunAsync(CancellationToken token) => new(Start(token).Task);

    /// <summary>A copy that obeys its token.</summary>
    public ValueTask<T> RunObedientlyAsync(CancellationToken token)
    {
        var end = Start(token);
        token.Register(() => end.TrySetCanceled(token));
        return new ValueTask<T>(end.Task);
    }

    public CancellationToken TokenOf(int copy) => _copies[copy - 1].Token;

    public void Return(int copy, T result) => _copies[copy - 1].End.SetResult(result);

    public void Fail(int copy, Exception exception) => _copies[copy - 1].End.SetException(exception);

    public void Cancel(int copy) => _copies[copy - 1].End.SetCanceled(TokenOf(copy));

    private TaskCompletionSource<T> Start(CancellationToken token)
    {
        var end = new TaskCompletionSource<T>();
        var copy = Interlocked.Increment(ref _started);
        _copies[copy - 1] = (end, token);
        _starts[copy - 1].SetResult();
        return end;
    }
}
