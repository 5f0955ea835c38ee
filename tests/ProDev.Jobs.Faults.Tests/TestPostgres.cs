namespace ProDev.Jobs.Faults.Tests;

/// <summary>The shared PostgreSQL. A test without it fails and says how to get one; it never passes silently.</summary>
internal static class TestPostgres
{
    private const string Variable = "PRODEV_TEST_POSTGRES";

    public static string ConnectionString => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } value
        ? value
        : throw new InvalidOperationException(
            $"The environment variable {Variable} is not set, so there is no server to test against. Run './build.sh Test', " +
            "which starts one, or: build/services.sh up && eval \"$(build/services.sh env)\" && dotnet test tests/ProDev.Jobs.Faults.Tests");
}
