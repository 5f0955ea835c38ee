using ProDev.Jobs.Soak;

namespace ProDev.Jobs.Faults.Tests;

/// <summary>Runs one fault a few times under a fixed seed, and says all that is needed to repeat it when something is found.</summary>
internal static class FaultCases
{
    private const int Seed = 20261127;

    public static async Task NothingIsLostAsync(string fault, string store, string? connectionString = null, PrivatePostgres? server = null)
    {
        Fault found = FaultCatalog.Find(fault);
        FaultOutcome outcome = await FaultRunner.RunAsync(found, store, connectionString, server, Seed, found.FewTimes);
        Assert.True(outcome.Findings.Count == 0, outcome.ToString());
        Assert.NotEmpty(outcome.Injected);
    }
}
