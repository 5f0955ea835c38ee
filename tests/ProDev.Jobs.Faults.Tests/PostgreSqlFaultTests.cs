using ProDev.Jobs.Soak;

namespace ProDev.Jobs.Faults.Tests;

/// <summary>Faults under processes that share a PostgreSQL server, which itself is left alone.</summary>
[Trait("Requires", "PostgreSQL")]
public sealed class PostgreSqlFaultTests
{
    [Theory]
    [InlineData("workers-killed")]
    [InlineData("producers-killed")]
    [InlineData("chord-killed")]
    [InlineData("worker-stopped")]
    [InlineData("clocks-skewed")]
    [InlineData("clocks-changed")]
    [InlineData("connections-terminated")]
    [InlineData("network-disturbed")]
    [InlineData("commit-unanswered")]
    [InlineData("killed-before-notify")]
    public Task NothingIsLost_Under(string fault) => FaultCases.NothingIsLostAsync(fault, PostgreSqlSoakStore.Name, TestPostgres.ConnectionString);
}
