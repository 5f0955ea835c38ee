namespace ProDev.Build.Tests;

public sealed class FolderFeedTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly List<string> _log = [];

    public FolderFeedTests() => Directory.CreateDirectory(Feed);

    private string Feed => _directory.Combine("feed");

    private IEnumerable<string?> OnFeed => Directory.EnumerateFileSystemEntries(Feed).Select(Path.GetFileName).Order(StringComparer.Ordinal);

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void FilesAreCopied_WhenTheyAreMissing()
    {
        Add(File("a.1.snupkg", "symbols"), File("a.1.nupkg", "package"));

        Assert.Equal(["a.1.nupkg", "a.1.snupkg"], OnFeed);
        Assert.Equal("package", System.IO.File.ReadAllText(Path.Combine(Feed, "a.1.nupkg")));
        Assert.Equal([$"a.1.snupkg was copied to '{Feed}'.", $"a.1.nupkg was copied to '{Feed}'."], _log);
    }

    [Fact]
    public void FileIsLeft_WhenItIsThereWithTheSameBytes()
    {
        _directory.Write("feed/a.1.nupkg", "package");
        DateTime before = System.IO.File.GetLastWriteTimeUtc(Path.Combine(Feed, "a.1.nupkg"));

        Add(File("a.1.nupkg", "package"), File("b.1.nupkg", "other"));

        Assert.Equal(["a.1.nupkg is there already, with the same content.", $"b.1.nupkg was copied to '{Feed}'."], _log);
        Assert.Equal(before, System.IO.File.GetLastWriteTimeUtc(Path.Combine(Feed, "a.1.nupkg")));
    }

    [Fact]
    public void NothingIsCopiedAndFilesAreNamed_WhenSomeAreThereWithOtherBytes()
    {
        string b = _directory.Write("feed/b.1.nupkg", "packagE");
        string c = _directory.Write("feed/c.1.nupkg", "longer than the package");

        var exception = Assert.Throws<BuildFailedException>(
            () => Add(File("a.1.nupkg", "package"), File("b.1.nupkg", "package"), File("c.1.nupkg", "package")));

        Assert.Equal(
            $"Other packages of this version are on the feed: '{b}', '{c}'. A published version is never changed, "
            + "and to pack again gives other bytes, also from the same code. "
            + "Raise the version (VersionPrefix or VersionSuffix in Directory.Build.props), or delete those files if nobody uses them. Nothing was copied.",
            exception.Message);
        Assert.Equal(["b.1.nupkg", "c.1.nupkg"], OnFeed);
        Assert.Equal("packagE", System.IO.File.ReadAllText(b));
        Assert.Empty(_log);
    }

    [Fact]
    public void NothingIsLeftBehind_WhenACopyFails()
    {
        string missing = _directory.Combine("b.1.nupkg");

        var exception = Assert.Throws<BuildFailedException>(() => Add(File("a.1.nupkg", "package"), missing));

        Assert.StartsWith($"The packages could not be copied to '{Feed}': ", exception.Message, StringComparison.Ordinal);
        Assert.EndsWith(" Mend that and publish again: what is there already is left as it is.", exception.Message, StringComparison.Ordinal);
        Assert.Empty(OnFeed);
    }

    private string File(string name, string text) => _directory.Write(name, text);

    private void Add(params string[] files) => FolderFeed.Add(Feed, files, _log.Add);
}
