namespace ProDev.Build.Tests;

public sealed class PublishOrderTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void DependenciesComeFirst_WhenPackagesAreSorted()
    {
        PackageFile[] packages =
        [
            Package("A.Jobs.Sqlite", "A.Jobs", "Outside"),
            Package("A.Jobs", "Z.Core"),
            Package("Z.Core"),
            Package("B.Retry"),
        ];

        Assert.Equal(["B.Retry", "Z.Core", "A.Jobs", "A.Jobs.Sqlite"], PublishOrder.Of(packages).Select(package => package.Id));
    }

    [Fact]
    public void CircleIsNamed_WhenPackagesDependOnEachOther()
    {
        var exception = Assert.Throws<BuildFailedException>(() => PublishOrder.Of([Package("A", "B"), Package("B", "A"), Package("C")]));

        Assert.Equal("These packages depend on each other in a circle: A, B.", exception.Message);
    }

    private PackageFile Package(string id, params string[] dependencies) =>
        new PackageBuilder(_directory, id) { Dependencies = dependencies }.Build();
}
