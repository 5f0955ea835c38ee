namespace ProDev.Retry.Tests;

/// <summary>Tests that listen to the whole process, or that measure while nobody does: one after the other.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class WatchedAlone
{
    public const string Name = "watched alone";
}
