namespace ProDev.Build.Tests;

public sealed class RepositoryCommitTests
{
    [Fact]
    public void CommitOfThisCloneIsShort() =>
        Assert.Matches("^([0-9a-f]{12}(-dirty)?|unknown)$", RepositoryCommit.Read(RepositoryRoot.Path));

    [Fact]
    public void CommitIsUnknownOutsideAClone()
    {
        using var temporary = new TemporaryDirectory();

        Assert.Equal("unknown", RepositoryCommit.Read(temporary.Path));
    }
}
