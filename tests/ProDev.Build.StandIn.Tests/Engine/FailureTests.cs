using Nuke.Common;
using Nuke.Common.Execution;

namespace ProDev.Build.StandIn.Tests;

public sealed class FailureTests
{
    [Fact]
    public void LaterTargetsDoNotRunButAssuredOnesDo_WhenATargetThrows()
    {
        BuildResult result = BuildRunner.Run<FailingBuild>(build => build.Last);

        Assert.Equal(-1, result.ExitCode);
        Assert.Equal(
            [
                "Tolerated Failed < 1sec // InvalidOperationException: tolerated",
                "First Succeeded < 1sec",
                "Broken Failed < 1sec // TimeoutException: line one",
                "Last NotRun",
                "CleanUp Succeeded < 1sec",
            ],
            result.Rows);
        Assert.Contains("Build failed on ", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void BuildFails_WhenOnlyAToleratedTargetFailed()
    {
        BuildResult result = BuildRunner.Run<FailingBuild>(build => build.Last, "First");

        Assert.Equal(-1, result.ExitCode);
        Assert.Equal("Tolerated First CleanUp", result.Order);
    }

    [Fact]
    public void FinishedIsToldAfterTheTable_WhenTheBuildFailed()
    {
        BuildResult result = BuildRunner.Run<FailingBuild>(build => build.Last);

        Assert.EndsWith($"finished: Tolerated Broken failed, First CleanUp succeeded{Environment.NewLine}", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void ExitCodeIsTheBuildsOwn_WhenItSetsOne()
    {
        BuildResult result = BuildRunner.Run<OwnExitCodeBuild>(build => build.Only);

        Assert.Equal(3, result.ExitCode);
    }

    [Fact]
    public void NoTargetRuns_WhenInitializationThrows()
    {
        BuildResult result = BuildRunner.Run<RefusingBuild>(build => build.Only);

        Assert.Equal(-1, result.ExitCode);
        Assert.Equal(["Only NotRun"], result.Rows);
        Assert.Contains("refused", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void RunningTargetIsAborted_WhenThePersonInterrupts()
    {
        bool interrupted = false;
        var assured = new ExecutableTarget("CleanUp", definition => definition) { AssuredAfterFailure = true };
        var running = new ExecutableTarget("Run", definition => definition);
        var later = new ExecutableTarget("Later", definition => definition);
        bool cleaned = false;
        running.Actions.Add(() =>
        {
            interrupted = true;
            throw new InvalidOperationException("The process was ended.");
        });
        later.Actions.Add(() => Task.CompletedTask);
        assured.Actions.Add(() =>
        {
            cleaned = true;
            return Task.CompletedTask;
        });
        var executor = new TargetExecutor([running, later, assured], () => interrupted);

        executor.Execute(skipped: null);
        executor.Close();

        Assert.Equal(ExecutionStatus.Aborted, running.Status);
        Assert.Equal(ExecutionStatus.NotRun, later.Status);
        Assert.True(cleaned);
        Assert.False(executor.Succeeded);
    }

    private sealed class FailingBuild : NukeBuild
    {
        private Target Tolerated => _ => _.ProceedAfterFailure().Executes(() => throw new InvalidOperationException("tolerated"));
        private Target First => _ => _.DependsOn(Tolerated).Executes(() => { });
        private Target Broken => _ => _.DependsOn(First).Executes(() => throw new TimeoutException("line one\nline two"));
        public Target Last => _ => _.DependsOn(Broken).Executes(() => { });
        private Target CleanUp => _ => _.TriggeredBy(First).After(Last).AssuredAfterFailure().Executes(() => { });

        protected internal override void OnBuildFinished() => Console.WriteLine(
            $"finished: {Names(FailedTargets)} failed, {Names(SucceededTargets)} succeeded");

        private static string Names(IEnumerable<ExecutableTarget> targets) => string.Join(' ', targets.Select(target => target.Name));
    }

    private sealed class OwnExitCodeBuild : NukeBuild
    {
        public Target Only => _ => _.Executes(() => ExitCode = 3);
    }

    private sealed class RefusingBuild : NukeBuild
    {
        public Target Only => _ => _.Executes(() => { });

        protected internal override void OnBuildInitialized() => throw new InvalidOperationException("refused");
    }
}
