using Nuke.Common;

namespace ProDev.Build.StandIn.Tests;

public sealed class HelpTests
{
    [Fact]
    public void TargetsAndParametersAreListedAndNothingRuns_WhenHelpIsAskedFor()
    {
        BuildResult result = BuildRunner.Run<HelpedBuild>(build => build.Test, "--help");

        Assert.Equal(0, result.ExitCode);
        Assert.Empty(result.Order);
        Assert.Equal(
            $"""
            Stand-in for the Nuke execution engine.

            Targets (with their direct dependencies):

              Compile         Compiles everything.
              Test (default)  Runs the tests. -> Compile

            Parameters:

              --keep-services  Leaves services running.
              --api-key
              --target         Targets to run. They may also be given first, without the option's name.
              --skip           Targets to leave out. Without a name: all that were not asked for.
              --help           Shows this text.
              --no-logo        Leaves out the engine's first line.
              --root           The folder to build. Default is the nearest one upwards that holds '.nuke'.
              --verbosity      How much is printed: Verbose, Normal, Minimal or Quiet. Default is 'Normal'.

            """.ReplaceLineEndings(),
            result.Output);
    }

    [Fact]
    public void FirstLineIsLeftOut_WhenNoLogoIsGiven()
    {
        BuildResult result = BuildRunner.Run<HelpedBuild>(build => build.Test, "--help --no-logo");

        Assert.StartsWith("Targets", result.Output, StringComparison.Ordinal);
    }

    private sealed class HelpedBuild : NukeBuild
    {
        [Parameter("Leaves services running.")]
        private readonly bool KeepServices;

        [Parameter]
        [Secret]
        private readonly string? ApiKey;

        private Target Compile => _ => _.Description("Compiles everything.").Executes(() => { });
        public Target Test => _ => _.Description("Runs the tests.").DependsOn(Compile, Hidden).Executes(() => Console.WriteLine($"{KeepServices}{ApiKey}"));
        private Target Hidden => _ => _.Unlisted().Executes(() => { });
    }
}
