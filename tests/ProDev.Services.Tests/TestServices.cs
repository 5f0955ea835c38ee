namespace ProDev.Services.Tests;

/// <summary>Where the servers are. A test without its server fails and says how to get one; it never passes silently.</summary>
internal static class TestServices
{
    public static string Postgres => Required("PRODEV_TEST_POSTGRES");

    public static string Redis => Required("PRODEV_TEST_REDIS");

    public static string RabbitMQ => Required("PRODEV_TEST_RABBITMQ");

    internal static string Required(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value
            ? value
            : throw new InvalidOperationException(
                $"The environment variable {variable} is not set, so there is no server to test against. Run './build.sh Test', " +
                "which starts one, or: build/services.sh up && eval \"$(build/services.sh env)\" && dotnet test tests/ProDev.Services.Tests");
}
