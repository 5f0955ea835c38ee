using Microsoft.Extensions.Time.Testing;

namespace ProDev.Caching.Tests;

/// <summary>What the processes of a test share.</summary>
internal sealed class SharedWorld
{
    public SharedWorld() => Store = new MemoryStore(Time);

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 26, 12, 0, 0, TimeSpan.Zero));

    public MemoryStore Store { get; }

    public MemoryLocks? Locks { get; set; }

    public List<MemoryBackplane> Backplanes { get; } = [];
}
