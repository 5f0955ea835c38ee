using Microsoft.CodeAnalysis;

namespace ProDev.Jobs.Tests;

/// <summary>Time limits on [Job]: what is generated, and what is refused.</summary>
public sealed class TimeLimitTests
{
    [Fact]
    public void LimitsAreRegistered_WhenTheyAreGiven()
        => Assert.Contains(
            "{ Queue = \"default\", MaxAttempts = 5, SoftTimeLimit = global::System.TimeSpan.FromTicks(300000000), " +
            "HardTimeLimit = global::System.TimeSpan.FromTicks(864005000000) },",
            GeneratorHarness.Generate(Job("SoftTimeLimit = \"00:00:30\", HardTimeLimit = \"1.00:00:00.5\"")), StringComparison.Ordinal);

    [Theory]
    [InlineData("SoftTimeLimit", "30")]
    [InlineData("HardTimeLimit", "00:30")]
    [InlineData("HardTimeLimit", "half a minute")]
    [InlineData("HardTimeLimit", "")]
    [InlineData("SoftTimeLimit", "00:00:00")]
    [InlineData("SoftTimeLimit", "-00:00:30")]
    [InlineData("HardTimeLimit", "30.00:00:01")]
    [InlineData("HardTimeLimit", "25:00:00")]
    public void PDJ010_IsReported_WhenALimitIsMalformed(string limit, string text) => AssertFinding(
        $"{limit} = \"{text}\"", "PDJ010",
        $"The job 'Import' has {limit} = \"{text}\". Write hours, minutes and seconds, such as \"00:00:30\"; more than zero and at most 30 days " +
        "(\"30.00:00:00\").");

    [Fact]
    public void PDJ011_IsReported_WhenTheSoftLimitIsNotShorter() => AssertFinding(
        "SoftTimeLimit = \"00:01:00\", HardTimeLimit = \"00:01:00\"", "PDJ011",
        "The job 'Import' has SoftTimeLimit = \"00:01:00\" and HardTimeLimit = \"00:01:00\". Make the soft limit shorter, so that the job can end in order.");

    private static void AssertFinding(string limits, string id, string message)
    {
        Diagnostic finding = Assert.Single(GeneratorHarness.Diagnose(Job(limits)));
        Assert.Equal((id, message), (finding.Id, finding.GetMessage(null)));
    }

    private static string Job(string limits) =>
        $$"""
        [Job("a", {{limits}})] public sealed class Import : IJob<int>
        {
            public Task RunAsync(int args, JobContext context, CancellationToken cancellationToken) => Task.CompletedTask;
        }
        """;
}
