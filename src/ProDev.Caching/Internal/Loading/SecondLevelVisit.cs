namespace ProDev.Caching.Internal;

/// <summary>What a load has to do with the second level.</summary>
internal sealed class SecondLevelVisit
{
    private readonly TaskCompletionSource _stale = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What the second level looked like before the load.</summary>
    public SecondLevelStamp Stamp { get; set; }

    /// <summary>Completes when it has brought a stale value, which those who wait already do not know of yet.</summary>
    public Task Stale => _stale.Task;

    public void StaleCame() => _stale.TrySetResult();
}
