namespace ProDev.Build.Tests;

public sealed class BenchmarkProjectTests : IDisposable
{
    private readonly TemporaryDirectory _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Theory]
    [InlineData("<RequiresServices>true</RequiresServices>", true)]
    [InlineData("<RequiresServices>false</RequiresServices>", false)]
    [InlineData("", false)]
    public void RequiresServices_WhenItsFileSaysSo(string property, bool requires)
    {
        _temporary.Write("benchmarks/ProDev.Caching.Benchmarks/ProDev.Caching.Benchmarks.csproj", $"<Project>{property}</Project>");

        var project = Assert.Single(BenchmarkProject.Find(_temporary.Combine("benchmarks"), filter: null));

        Assert.Equal(requires, project.RequiresServices);
    }
}
