using Nuke.Common;

namespace ProDev.Build.StandIn.Tests;

public sealed class RequirementTests
{
    [Fact]
    public void NothingRunsAndAllThatIsMissingIsNamed_WhenRequirementsAreNotMet()
    {
        BuildResult result = BuildRunner.Run<PublishBuild>(build => build.Publish);

        Assert.Equal(-1, result.ExitCode);
        Assert.Empty(result.Order);
        Assert.Equal(
            $"""
            Target 'Publish' requires a value for '--feed'.
            Target 'Publish' requires a value for the secret 'FeedKey'.
            Target 'Publish' requires a value for '--attempts'.
            Target 'Publish' requires 'False'.

            """.ReplaceLineEndings(),
            result.Error);
        Assert.Equal(["Pack NotRun", "Publish NotRun"], result.Rows);
    }

    [Fact]
    public void OtherTargetsRun_WhenOnlyAnUnplannedOneHasRequirements()
    {
        BuildResult result = BuildRunner.Run<PublishBuild>(build => build.Publish, "Pack");

        Assert.Equal(0, result.ExitCode);
    }

    private sealed class PublishBuild : NukeBuild
    {
        [Parameter]
        private readonly string? Feed;

        [Parameter]
        [Secret]
        private readonly string? FeedKey;

        [Parameter]
        private readonly int? Attempts;

        private Target Pack => _ => _.Executes(() => { });
        public Target Publish => _ => _.DependsOn(Pack).Requires(() => Feed, () => FeedKey).Requires(() => Attempts).Requires(() => false).Executes(() => { });
    }
}
