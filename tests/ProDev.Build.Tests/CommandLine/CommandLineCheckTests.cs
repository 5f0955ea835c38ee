namespace ProDev.Build.Tests;

public sealed class CommandLineCheckTests
{
    private static readonly BuildVocabulary Vocabulary = new(
        ["Compile", "Test", "Pack"], ["Target", "Skip", "KeepServices", "Filter", "ProdevFeedKey"], ["ProdevFeedKey"]);

    [Theory]
    [InlineData("")]
    [InlineData("Test")]
    [InlineData("test+pack Compile")]
    [InlineData("--target Test --skip Compile --keep-services --filter Anything")]
    [InlineData("Test --skip")]
    [InlineData("-keepservices true")]
    public void NothingIsFound_WhenTheCommandLineIsRight(string commandLine) => Assert.Null(Check(commandLine));

    [Theory]
    [InlineData("Tets", "There is no target 'Tets'. Did you mean 'Test'? The targets are: Compile, Test, Pack.")]
    [InlineData("Test --skip Compil", "There is no target 'Compil'. Did you mean 'Compile'? The targets are: Compile, Test, Pack.")]
    [InlineData("Zzz", "There is no target 'Zzz'. The targets are: Compile, Test, Pack.")]
    [InlineData("Test --fliter x", "There is no option '--fliter'. Did you mean '--filter'? '--help' shows all of them.")]
    [InlineData("Test --keep", "There is no option '--keep'. Did you mean '--keep-services'? '--help' shows all of them.")]
    [InlineData("--zzz", "There is no option '--zzz'. '--help' shows all of them.")]
    [InlineData("--filter=Caching", "'--filter=Caching' must be written with a space: '--filter Caching'.")]
    [InlineData("--fliter=Caching", "There is no option '--fliter'. Did you mean '--filter'? '--help' shows all of them.")]
    [InlineData(
        "--prodev-feed-key",
        "'--prodev-feed-key' is a secret, and other people can read command lines. Set the environment variable 'PRODEV_FEED_KEY' instead.")]
    public void NearestIsNamed_WhenAWordIsWrong(string commandLine, string expected) => Assert.Equal(expected, Check(commandLine));

    [Fact]
    public void ValueOfASecretIsNotRepeated_WhenItStandsOnTheCommandLine() =>
        Assert.DoesNotContain("hush", Check("--prodev-feed-key=hush")!, StringComparison.Ordinal);

    [Fact]
    public void AllFaultsAreReportedTogether_WhenThereAreSeveral() =>
        Assert.Equal(2, Check("Tets --fliter x")!.Split(Environment.NewLine).Length);

    private static string? Check(string commandLine) =>
        CommandLineCheck.FindFaults(commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries), Vocabulary);
}
