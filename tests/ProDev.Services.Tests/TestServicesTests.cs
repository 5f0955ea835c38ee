namespace ProDev.Services.Tests;

public sealed class TestServicesTests
{
    [Fact]
    public void MissingVariableIsNamedWithTheCommandsThatSetIt()
    {
        var error = Assert.Throws<InvalidOperationException>(() => TestServices.Required("PRODEV_TEST_NOTHING"));

        Assert.Equal(
            "The environment variable PRODEV_TEST_NOTHING is not set, so there is no server to test against. Run './build.sh Test', " +
            "which starts one, or: build/services.sh up && eval \"$(build/services.sh env)\" && dotnet test tests/ProDev.Services.Tests",
            error.Message);
    }
}
