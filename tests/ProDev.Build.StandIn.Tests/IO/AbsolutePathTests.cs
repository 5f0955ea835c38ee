using Nuke.Common.IO;

namespace ProDev.Build.StandIn.Tests;

public sealed class AbsolutePathTests : IDisposable
{
    private readonly AbsolutePath _folder = Directory.CreateTempSubdirectory("prodev-path-").FullName!;

    public void Dispose() => _folder.DeleteDirectory();

    [Fact]
    public void PartsAreJoinedAndNormalized_WhenAPathIsBuilt()
    {
        AbsolutePath path = _folder / "a" / "../b/" / "c.txt";

        Assert.Equal(Path.Combine(_folder, "b", "c.txt"), path.ToString());
        Assert.Equal("c.txt", path.Name);
        Assert.Equal("c", path.NameWithoutExtension);
        Assert.Equal(_folder / "b", path.Parent);
        Assert.True(_folder / "b" == path.Parent);
        Assert.True(path + ".gz" != path);
        Assert.Equal("c.txt.gz", (path + ".gz").Name);
    }

    [Fact]
    public void RootHasNoParent() => Assert.Null(((AbsolutePath)Path.GetPathRoot(_folder)!).Parent);

    [Fact]
    public void RelativePathIsRefused_WhenItIsConverted()
    {
        var exception = Assert.Throws<ArgumentException>(() => (AbsolutePath)"a/b");

        Assert.StartsWith("The path 'a/b' is relative; a rooted path is needed.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FolderIsEmpty_WhenItIsCleaned()
    {
        File.WriteAllText((_folder / "sub").CreateDirectory() / "x", string.Empty);

        Assert.True((_folder / "sub" / "x").FileExists());
        Assert.False((_folder / "sub").FileExists());
        (_folder / "sub").CreateOrCleanDirectory();

        Assert.True((_folder / "sub").DirectoryExists());
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder / "sub"));
        (_folder / "sub").DeleteDirectory();
        (_folder / "sub").DeleteDirectory();
        Assert.False((_folder / "sub").DirectoryExists());
    }
}
