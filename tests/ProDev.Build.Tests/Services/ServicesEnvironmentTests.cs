namespace ProDev.Build.Tests;

public sealed class ServicesEnvironmentTests
{
    [Fact]
    public void AllVariablesAreRead()
    {
        var variables = ServicesEnvironment.Parse(
            "export PRODEV_TEST_POSTGRES='Host=127.0.0.1;Port=5;Username=postgres'\nexport PRODEV_TEST_REDIS='127.0.0.1:6,password=x'\n");

        Assert.Equal("Host=127.0.0.1;Port=5;Username=postgres", variables["PRODEV_TEST_POSTGRES"]);
        Assert.Equal("127.0.0.1:6,password=x", variables["PRODEV_TEST_REDIS"]);
        Assert.Equal(2, variables.Count);
    }

    [Theory]
    [InlineData("'it'\\''s'", "it's")]
    [InlineData("''", "")]
    [InlineData("'a=b $HOME `x` \"q\"'", "a=b $HOME `x` \"q\"")]
    public void QuotedValueIsReadAsTheShellWouldReadIt(string quoted, string value) =>
        Assert.Equal(value, ServicesEnvironment.Parse($"export NAME={quoted}")["NAME"]);

    [Theory]
    [InlineData("NAME='value'")]
    [InlineData("export NAME")]
    [InlineData("export NAME=value")]
    [InlineData("export NAME='a'b'")]
    [InlineData("postgres  running")]
    public void UnexpectedLineIsQuotedInTheError(string line)
    {
        var error = Assert.Throws<ServicesException>(() => ServicesEnvironment.Parse(line));

        Assert.Equal($"build/services.sh env printed \"{line}\". Expected lines of the form: export NAME='value'.", error.Message);
    }
}
