namespace ProDev.Jobs.Benchmarks;

/// <summary>
/// What the jobs of one round share. The first jobs hold every place of the worker until it is warm and all others are enqueued; then the clock
/// starts, and the round ends with the last of the others.
/// </summary>
internal sealed class Round(int workers, int jobs)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private static Round? _current;

    private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _toHold = workers;
    private int _toRun = jobs;

    /// <summary>The round that is under way. Static, because some libraries make jobs without a container.</summary>
    public static Round Current => Volatile.Read(ref _current)!;

    public static Round Begin(int workers, int jobs) => _current = new Round(workers, jobs);

    public Task HoldAsync()
    {
        if (Interlocked.Decrement(ref _toHold) == 0)
            _held.SetResult();
        return _released.Task;
    }

    public void Work()
    {
        if (Interlocked.Decrement(ref _toRun) == 0)
            _ended.SetResult();
    }

    public Task WaitUntilHeldAsync() => _held.Task.WaitAsync(Limit);

    public async Task RunAsync()
    {
        _released.SetResult();
        await _ended.Task.WaitAsync(Limit);
    }
}
