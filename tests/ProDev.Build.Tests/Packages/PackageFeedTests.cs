namespace ProDev.Build.Tests;

public sealed class PackageFeedTests
{
    private static readonly string Here = Path.GetFullPath("/here");

    [Fact]
    public void FolderCountsFromTheWorkingDirectory_WhenItIsRelative() =>
        Assert.Equal(new PackageFeed(Path.Combine(Here, "feed"), IsFolder: true), PackageFeed.Parse("feed", Here, key: null));

    [Fact]
    public void AddressIsTaken_WhenThereIsAKey() =>
        Assert.Equal(
            new PackageFeed("https://feed.example/v3/index.json", IsFolder: false),
            PackageFeed.Parse("https://feed.example/v3/index.json", Here, "key"));

    [Theory]
    [InlineData("http://localhost:5000/v3/index.json", true)]
    [InlineData("http://127.0.0.1/", true)]
    [InlineData("http://[::1]/", true)]
    [InlineData("https://localhost/", false)]
    public void EncryptionMayBeMissing_WhenTheServerIsOnThisMachine(string text, bool isInsecure)
    {
        PackageFeed feed = PackageFeed.Parse(text, Here, "key");

        Assert.Equal(text, feed.Address);
        Assert.Equal(isInsecure, feed.IsInsecure);
    }

    [Fact]
    public void PasswordIsNotRepeated_WhenTheAddressHoldsOne()
    {
        string message = Assert.Throws<BuildFailedException>(() => PackageFeed.Parse("https://me:hush@feed.example/", Here, "key")).Message;

        Assert.Equal(
            "The address of a feed must not hold a name or a password, as that of 'feed.example' does: other people can read command lines.", message);
    }

    [Theory]
    [InlineData(null, "There is no feed to publish to. Give a folder or an https address with --feed.")]
    [InlineData(" ", "There is no feed to publish to. Give a folder or an https address with --feed.")]
    [InlineData("http://feed.example", "The feed 'http://feed.example' cannot be used. Give a folder or an address that begins with https://.")]
    [InlineData("https://", "The feed 'https://' cannot be used. Give a folder or an address that begins with https://.")]
    [InlineData("https://feed.example", "The feed 'https://feed.example' needs a key. Set the environment variable PRODEV_FEED_KEY.")]
    public void RemedyIsNamed_WhenAFeedCannotBeUsed(string? text, string expected) =>
        Assert.Equal(expected, Assert.Throws<BuildFailedException>(() => PackageFeed.Parse(text, Here, key: " ")).Message);

    [Fact]
    public void FolderIsMade_WhenItIsMissing()
    {
        using var folder = new TemporaryDirectory();
        var feed = PackageFeed.Parse("a/b", folder.Path, key: null);
        feed.Prepare();
        feed.Prepare();
        Assert.True(Directory.Exists(Path.Combine(folder.Path, "a", "b")));
    }

    [Fact]
    public void FolderAndRemedyAreNamed_WhenItCannotBeMade()
    {
        using var folder = new TemporaryDirectory();
        string file = Path.Combine(folder.Path, "file");
        File.WriteAllText(file, "");
        foreach (string feed in new[] { file, Path.Combine(file, "feed") })
        {
            string message = Assert.Throws<BuildFailedException>(() => PackageFeed.Parse(feed, Here, key: null).Prepare()).Message;
            Assert.StartsWith($"The feed '{feed}' cannot be used: ", message, StringComparison.Ordinal);
            Assert.EndsWith("Give with --feed a folder that exists or can be made, or an https address.", message, StringComparison.Ordinal);
        }
    }
}
