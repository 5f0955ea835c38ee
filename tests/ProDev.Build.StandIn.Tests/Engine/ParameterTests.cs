using Nuke.Common;
using Nuke.Common.IO;

namespace ProDev.Build.StandIn.Tests;

public sealed class ParameterTests
{
    [Theory]
    // Nothing given: the defaults of the fields.
    [InlineData("", "Release|False||0||")]
    // Kebab case, and any other spelling of the same letters.
    [InlineData("--configuration Debug --keep-services", "Debug|True||0||")]
    [InlineData("-KEEPSERVICES false", "Release|False||0||")]
    // Numbers, enumerations in any case, lists by space and by separator.
    [InlineData("--attempts 3 --level minimal", "Release|False|Minimal|3||")]
    [InlineData("--items a,b c", "Release|False||0|a,b,c|")]
    [InlineData("Show --configuration Debug", "Debug|False||0||")]
    public void ParameterHasItsValue_WhenGivenOnTheCommandLine(string commandLine, string expected)
    {
        BuildResult result = BuildRunner.Run<ParameterBuild>(build => build.Show, commandLine);

        Assert.Contains($"values: {expected}{Environment.NewLine}", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Configuration")]
    [InlineData("CONFIGURATION")]
    [InlineData("NUKE_CONFIGURATION")]
    public void ParameterHasItsValue_WhenGivenByTheEnvironmentInAnySpelling(string variable)
    {
        BuildResult result = BuildRunner.Run<ParameterBuild>(build => build.Show, "", (variable, "Debug"));

        Assert.Contains("values: Debug|", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void CommandLineWins_WhenTheEnvironmentHasTheParameterToo()
    {
        BuildResult result = BuildRunner.Run<ParameterBuild>(build => build.Show, "--configuration Debug", ("CONFIGURATION", "Other"));

        Assert.Contains("values: Debug|", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void TargetsComeFromTheEnvironment_WhenTheCommandLineHasNone()
    {
        BuildResult result = BuildRunner.Run<ParameterBuild>(build => build.Show, "", ("NUKE_TARGET", "Other+Show"));

        Assert.Equal("Other Show", result.Order);
    }

    [Theory]
    [InlineData("--attempts many", "--attempts cannot take 'many'; a whole number is needed.")]
    [InlineData("--keep-services Show", "--keep-services cannot take 'Show'; true or false is needed.")]
    [InlineData("--level loud", "--level cannot take 'loud'; one of Verbose, Normal, Minimal, Quiet is needed.")]
    [InlineData("--configuration A B", "--configuration cannot take 'A B'; one value is needed.")]
    [InlineData("--configuration", "--configuration cannot take ''; one value is needed.")]
    public void BuildStops_WhenAValueOfTheCommandLineDoesNotFit(string commandLine, string expected)
    {
        BuildResult result = BuildRunner.Run<ParameterBuild>(build => build.Show, commandLine);

        Assert.Equal(-1, result.ExitCode);
        Assert.Equal(expected + Environment.NewLine, result.Error);
    }

    [Fact]
    public void BuildWarnsAndGoesOn_WhenAVariableOfTheEnvironmentDoesNotFit()
    {
        BuildResult result = BuildRunner.Run<ParameterBuild>(build => build.Show, "", ("KEEP_SERVICES", "1"));

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("[WRN] The environment variable for --keep-services is ignored; it cannot take '1'; true or false is needed.", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void PathCountsFromTheWorkingDirectory_WhenItIsRelative()
    {
        BuildResult result = BuildRunner.Run<ParameterBuild>(build => build.Show, "--folder there");

        Assert.Contains($"|{Path.Combine(Environment.CurrentDirectory, "there")}{Environment.NewLine}", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void LessIsPrinted_WhenTheVerbosityIsLower()
    {
        BuildResult result = BuildRunner.Run<ParameterBuild>(build => build.Other, "--verbosity Quiet");

        Assert.DoesNotContain("talk", result.Output, StringComparison.Ordinal);
    }

    private sealed class ParameterBuild : NukeBuild
    {
        [Parameter("What to build.")]
        private readonly string Configuration = "Release";

        [Parameter]
        private readonly bool KeepServices;

        [Parameter]
        private readonly Verbosity? Level;

        [Parameter]
        private readonly int Attempts;

        [Parameter(Separator = ",")]
        private readonly string[] Items = [];

        [Parameter]
        private AbsolutePath? Folder { get; set; }

        public Target Show => _ => _.Executes(() =>
            Console.WriteLine($"values: {Configuration}|{KeepServices}|{Level}|{Attempts}|{string.Join(',', Items)}|{Folder}"));

        public Target Other => _ => _.Executes(() => Serilog.Log.Information("talk"));
    }
}
