using ProDev.Jobs.Soak;

namespace ProDev.Jobs.Faults.Tests;

/// <summary>A class of its own, because it waits for most of its time: the lead of a scheduler lasts 15 s, whoever is gone.</summary>
public sealed class SqliteLeaderPartedTests
{
    [Fact]
    [Trait("Requires", "POSIX")]
    public Task EveryOccurrenceComesOnce_WhenTheLeaderIsStopped() => FaultCases.NothingIsLostAsync("leader-parted", SqliteSoakStore.Name);
}

/// <inheritdoc cref="SqliteLeaderPartedTests"/>
public sealed class PostgreSqlLeaderPartedTests
{
    [Fact]
    [Trait("Requires", "PostgreSQL")]
    public Task EveryOccurrenceComesOnce_WhenTheLeaderIsParted()
        => FaultCases.NothingIsLostAsync("leader-parted", PostgreSqlSoakStore.Name, TestPostgres.ConnectionString);
}
