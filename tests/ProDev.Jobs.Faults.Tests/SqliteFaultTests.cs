using ProDev.Jobs.Soak;

namespace ProDev.Jobs.Faults.Tests;

/// <summary>Faults under processes that share a SQLite file.</summary>
[Trait("Requires", "POSIX")]
public sealed class SqliteFaultTests
{
    [Theory]
    [InlineData("workers-killed")]
    [InlineData("producers-killed")]
    [InlineData("chord-killed")]
    [InlineData("worker-stopped")]
    [InlineData("clocks-skewed")]
    [InlineData("clocks-changed")]
    public Task NothingIsLost_Under(string fault) => FaultCases.NothingIsLostAsync(fault, SqliteSoakStore.Name);
}
