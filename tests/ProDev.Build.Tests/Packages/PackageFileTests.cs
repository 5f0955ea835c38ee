namespace ProDev.Build.Tests;

public sealed class PackageFileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void ManifestAndFilesAreRead()
    {
        PackageFile package = new PackageBuilder(_directory, "ProDev.Jobs") { Dependencies = ["ProDev.Retry", "Other"] }.Build();

        Assert.Equal("ProDev.Jobs", package.Id);
        Assert.Equal("0.1.0-alpha", package.Version);
        Assert.Equal(["ProDev.Retry", "Other"], package.Dependencies);
        Assert.Contains("lib/net10.0/ProDev.Jobs.dll", package.Entries);
        Assert.Equal("One idea.", package.Field("description"));
        Assert.Equal(string.Empty, package.Field("icon"));
        Assert.Equal(_directory.Combine("ProDev.Jobs.0.1.0-alpha.snupkg"), package.SymbolsPath);
    }

    [Fact]
    public void RemedyIsNamed_WhenThereAreNoPackages()
    {
        var exception = Assert.Throws<BuildFailedException>(() => PackageFile.ReadAll(_directory.Combine("none")));

        Assert.Equal($"There are no packages in '{_directory.Combine("none")}'. Run the target Pack first.", exception.Message);
        Assert.Throws<BuildFailedException>(() => PackageFile.ReadAll(_directory.Path));
    }

    [Fact]
    public void FileIsNamed_WhenItIsNoPackage()
    {
        string path = _directory.Write("x.nupkg", "not a zip");

        var exception = Assert.Throws<BuildFailedException>(() => PackageFile.ReadAll(_directory.Path));

        Assert.StartsWith($"'{path}' is no readable package: ", exception.Message, StringComparison.Ordinal);
    }
}
