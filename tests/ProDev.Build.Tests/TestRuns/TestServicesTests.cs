namespace ProDev.Build.Tests;

public sealed class TestServicesTests
{
    [Fact]
    public void ConnectionStringsOfTheEnvironmentAreTaken_WhenAllAreGiven()
    {
        IReadOnlyDictionary<string, string>? given = TestServices.Given(name => name + "!", isWindows: true);

        Assert.Equal("PRODEV_TEST_REDIS!", given!["PRODEV_TEST_REDIS"]);
        Assert.Equal(3, given.Count);
    }

    [Fact]
    public void ScriptStartsTheRest_WhenOneIsMissing() =>
        Assert.Null(TestServices.Given(name => name == "PRODEV_TEST_REDIS" ? " " : "x", isWindows: false));

    [Fact]
    public void MissingOnesAreNamed_WhenWindowsCannotStartThem()
    {
        var exception = Assert.Throws<BuildFailedException>(
            () => TestServices.Given(name => name == "PRODEV_TEST_POSTGRES" ? "x" : null, isWindows: true));

        Assert.Equal(
            "The build cannot start the test services on Windows. Set PRODEV_TEST_REDIS, PRODEV_TEST_RABBITMQ to the connection strings of running servers.",
            exception.Message);
    }
}
