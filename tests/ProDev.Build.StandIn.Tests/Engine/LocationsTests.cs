namespace ProDev.Build.StandIn.Tests;

public sealed class LocationsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("prodev-root-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void RootIsTheNearestMarkedFolder_WhenNoneIsGiven()
    {
        string inner = Directory.CreateDirectory(Path.Combine(_folder, "a", "b")).FullName;
        Directory.CreateDirectory(Path.Combine(_folder, ".nuke"));

        Assert.Equal(_folder, Locations.FindRoot(given: null, inner).ToString());
    }

    [Fact]
    public void RootIsTheGivenFolder_WhenOneIsGiven() =>
        Assert.Equal(Path.Combine(_folder, "x"), Locations.FindRoot(["x"], _folder).ToString());

    [Fact]
    public void RemedyIsNamed_WhenNoFolderIsMarked()
    {
        var exception = Assert.Throws<BuildException>(() => Locations.FindRoot(given: null, _folder));

        Assert.Equal(
            $"No folder named '.nuke' was found in '{_folder}' or above it. Run the build inside the repository, or give its folder with --root.",
            exception.Message);
    }
}
