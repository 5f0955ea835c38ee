using Nuke.Common.IO;
using Nuke.Common.Tooling;

namespace ProDev.Build.StandIn.Tests;

public sealed class ArgumentStringHandlerTests
{
    [Fact]
    public void ValueIsQuoted_WhenItHasSpaces() => Assert.Equal("run \"a b\" c", Text($"run {"a b"} {"c"}"));

    [Fact]
    public void ValueIsLeftAlone_WhenItIsQuotedAlready() => Assert.Equal("run \"a b\" 'c d'", Text($"run {"\"a b\""} {"'c d'"}"));

    [Fact]
    public void ValueIsLeftAlone_WhenTheFormatSaysSo() => Assert.Equal("run a b", Text($"run {"a b":nq}"));

    [Fact]
    public void PathsAndNumbersAreTaken() => Assert.Equal($"run \"{Path.GetFullPath("/a b")}\" 12", Text($"run {(AbsolutePath)Path.GetFullPath("/a b")} {12}"));

    [Fact]
    public void FinishedLineIsTakenAsItIs() => Assert.Equal("run {a} b", Text("run {a} b"));

    [Fact]
    public void SecretsAreKnown_WhenTheFormatSaysSo()
    {
        ArgumentStringHandler handler = $"push --key {"k 1":r}";

        Assert.Equal(["k 1"], handler.Secrets);
        Assert.Equal("push --key k 1", handler.ToStringAndClear());
    }

    private static string Text(ArgumentStringHandler handler) => handler.ToStringAndClear();
}
