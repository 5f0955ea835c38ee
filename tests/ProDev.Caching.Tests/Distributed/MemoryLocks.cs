namespace ProDev.Caching.Tests;

/// <summary>Locks in memory, shared by the second levels of a test.</summary>
internal sealed class MemoryLocks : ICacheLoadLocks
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, TaskCompletionSource> _held = [];

    public Func<Task> BeforeAcquire { get; set; } = static () => Task.CompletedTask;

    public bool IsStuck { get; set; }

    public TaskCompletionSource Waiting { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsHeld(string key)
    {
        lock (_lock)
            return _held.ContainsKey(key);
    }

    public async ValueTask<IAsyncDisposable?> TryAcquireAsync(string key, CancellationToken cancellationToken)
    {
        await BeforeAcquire();
        lock (_lock)
            return _held.TryAdd(key, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)) ? new Held(this, key) : null;
    }

    public async ValueTask WaitAsync(string key, CancellationToken cancellationToken)
    {
        Task? free;
        lock (_lock)
            free = _held.GetValueOrDefault(key)?.Task;
        Waiting.TrySetResult();
        if (free is not null)
            await free;
    }

    private sealed class Held(MemoryLocks owner, string key) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            if (owner.IsStuck)
                throw new IOException("The locks are down.");
            lock (owner._lock)
            {
                if (owner._held.Remove(key, out var free))
                    free.SetResult();
            }

            return default;
        }
    }
}
