namespace ProDev.Caching.Redis.Tests;

/// <summary>Tests that count the allocations of the whole process, and therefore run while no other does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneInTheProcess
{
    public const string Name = "alone in the process";
}
