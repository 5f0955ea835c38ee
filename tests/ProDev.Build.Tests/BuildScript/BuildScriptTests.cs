using System.Runtime.Versioning;

namespace ProDev.Build.Tests;

[Trait("Requires", "POSIX")]
[UnsupportedOSPlatform("windows")]
public sealed class BuildScriptTests
{
    private const string Nuke = "Build engine: Nuke.Common (nuke)\n";
    private const string StandIn = "Build engine: the stand-in for Nuke.Common (standin)\n";
    private const string Missing =
        "/r/build/_build.csproj : error NU1101: Unable to find package Nuke.Common. No packages exist with this id in source(s): feed";

    private const string MissingVersion =
        "/r/build/_build.csproj : error NU1102: Unable to find package Nuke.Common with version (= 10.1.0)\n" +
        "/r/build/_build.csproj : error NU1102:   - Found 2 version(s) in feed [ Nearest version: 9.0.4 ]";

    private const string Unreachable =
        "/r/build/_build.csproj : error NU1301: Unable to load the service index for source https://feed.example/v3/index.json.";

    private const string OtherMissing =
        "/r/build/_build.csproj : error NU1101: Unable to find package Nuke.Common.Extra. No packages exist with this id in source(s): feed";

    [Fact]
    public async Task NukeRuns_WhenThePackageIsThere()
    {
        BuildScriptRun run = await BuildScriptRun.RunAsync(arguments: "Test --skip Compile");

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith(Nuke, run.Output, StringComparison.Ordinal);
        Assert.Equal("restore build/_build.csproj -p:BuildEngine=nuke", run.Calls[1]);
        Assert.EndsWith("/artifacts/build/nuke/run/_build.dll Test --skip Compile", run.Calls[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Missing)]
    [InlineData(MissingVersion)]
    public async Task StandInRuns_WhenTheSourceDoesNotHaveThePackage(string restoreOutput)
    {
        BuildScriptRun run = await BuildScriptRun.RunAsync(restoreOutput, restoreExit: 1);

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith(StandIn, run.Output, StringComparison.Ordinal);
        Assert.Contains("build build/_build.csproj -p:BuildEngine=standin --nologo -v quiet", run.Calls);
        Assert.EndsWith("/artifacts/build/standin/run/_build.dll", run.Calls[^1], StringComparison.Ordinal);
    }

    [Theory]
    // The source cannot be reached: it says nothing about what it has.
    [InlineData(Unreachable)]
    // One source does not have it, another cannot be reached.
    [InlineData(Missing + "\n" + Unreachable)]
    // Another package is missing.
    [InlineData(OtherMissing)]
    [InlineData(Missing + "\n" + OtherMissing)]
    // The project is broken.
    [InlineData("/r/build/_build.csproj(3,5): error MSB4025: The project file could not be loaded.")]
    // It failed without a word.
    [InlineData("")]
    public async Task BuildStops_WhenTheRestoreFailsForAnyOtherReason(string restoreOutput)
    {
        BuildScriptRun run = await BuildScriptRun.RunAsync(restoreOutput, restoreExit: 1);

        Assert.Equal(1, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains(restoreOutput, run.Error, StringComparison.Ordinal);
        Assert.Contains("set PRODEV_BUILD_ENGINE=standin to build without asking.", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(run.Calls, call => call.StartsWith("build ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("nuke", Nuke)]
    [InlineData("standin", StandIn)]
    public async Task NobodyIsAsked_WhenTheEngineIsGiven(string engine, string firstLine)
    {
        BuildScriptRun run = await BuildScriptRun.RunAsync(Missing, restoreExit: 1, engine);

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith(firstLine, run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(run.Calls, call => call.StartsWith("restore", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("cake")]
    [InlineData("NUKE")]
    public async Task AllowedEnginesAreNamed_WhenAnUnknownOneIsGiven(string engine)
    {
        BuildScriptRun run = await BuildScriptRun.RunAsync(engine: engine);

        Assert.Equal(1, run.ExitCode);
        Assert.Equal($"PRODEV_BUILD_ENGINE is '{engine}'. It must be nuke, standin or auto.\n", run.Error);
    }

    [Fact]
    public async Task InstalledSdksAreListed_WhenNoneFits()
    {
        BuildScriptRun run = await BuildScriptRun.RunAsync(settings: ("FAKE_SDK_MISSING", "1"));

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(
            "No installed .NET SDK fits global.json, which asks for 10.0.100 or a later one of the same line. Installed are:\n" +
            "  8.0.100 [/usr/share/dotnet/sdk]\nInstall a fitting one from https://dot.net.\n",
            run.Error);
    }

    [Fact]
    public async Task RemedyIsNamed_WhenThereIsNoSdk()
    {
        using var empty = new TemporaryDirectory();
        foreach (string tool in new[] { "bash", "dirname", "sed" })
        {
            string? real = Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(folder => Path.Combine(folder, tool)).FirstOrDefault(File.Exists);
            File.CreateSymbolicLink(empty.Combine(tool), real!);
        }

        BuildScriptRun run = await BuildScriptRun.RunAsync(settings: ("PATH", empty.Path));

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("The .NET SDK was not found. Install version 10.0.100 ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ErrorsAreShown_WhenTheBuildItselfDoesNotCompile()
    {
        BuildScriptRun run = await BuildScriptRun.RunAsync(
            engine: "standin", settings: [("FAKE_BUILD_EXIT", "1"), ("FAKE_BUILD_OUTPUT", "Build.cs(1,1): error CS0246")]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Build.cs(1,1): error CS0246", run.Error, StringComparison.Ordinal);
        Assert.EndsWith("The build itself (build/_build.csproj) could not be compiled; the errors above say why.\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BuildRunsInTheRepositoryAndItsExitCodeIsPassedOn()
    {
        BuildScriptRun run = await BuildScriptRun.RunAsync(engine: "standin", settings: ("FAKE_RUN_EXIT", "255"));

        Assert.Equal(255, run.ExitCode);
        Assert.Contains($"ran in {RepositoryRoot.Path}\n", run.Output, StringComparison.Ordinal);
    }
}
