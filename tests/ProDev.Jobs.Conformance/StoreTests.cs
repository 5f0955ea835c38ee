using Microsoft.Extensions.Time.Testing;

namespace ProDev.Jobs.Conformance;

/// <summary>What the cases about a store share: a fresh store and a clock that stands still until told.</summary>
public abstract class StoreTests : IAsyncLifetime
{
    protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    protected IJobStore Store { get; private set; } = null!;

    /// <summary>Creates an empty store on the given clock.</summary>
    protected abstract IJobStore CreateStore(TimeProvider time);

    /// <summary>Deletes what the store left behind.</summary>
    protected virtual void Cleanup()
    {
    }

    public Task InitializeAsync()
    {
        Store = CreateStore(Time);
        return Store.OpenAsync(default).AsTask();
    }

    public async Task DisposeAsync()
    {
        await Store.DisposeAsync();
        Cleanup();
    }
}
