using Microsoft.CodeAnalysis;

namespace ProDev.Jobs.Tests;

/// <summary>Rates on [Job]: what is generated, and what is refused.</summary>
public sealed class RateTests
{
    [Theory]
    [InlineData("RateLimit = \"100/m\"", "100, global::System.TimeSpan.FromTicks(600000000), 1")]
    [InlineData("RateLimit = \"1/h\", RateBurst = 5", "1, global::System.TimeSpan.FromTicks(36000000000), 5")]
    public void RateIsRegistered_WhenItIsGiven(string settings, string expected)
        => Assert.Contains(
            $"{{ Queue = \"default\", MaxAttempts = 5, Rate = new global::ProDev.Jobs.JobRate({expected}) }},", GeneratorHarness.Generate(Job(settings)),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("100")]
    [InlineData("0/m")]
    [InlineData("100/d")]
    [InlineData("1000001/s")]
    [InlineData("")]
    public void PDJ015_IsReported_WhenTheRateIsMalformed(string text) => AssertFinding(
        $"RateLimit = \"{text}\"", "PDJ015",
        $"The job 'Import' has RateLimit = \"{text}\". Write the number of starts, from 1 to 1,000,000, a slash, and s, m or h, such as \"100/m\".");

    [Theory]
    [InlineData("RateBurst = 2", 2)]
    [InlineData("RateLimit = \"1/s\", RateBurst = 0", 0)]
    [InlineData("RateLimit = \"1/s\", RateBurst = 1000001", 1000001)]
    [InlineData("RateLimit = \"1/h\", RateBurst = 100000", 100000)]
    public void PDJ016_IsReported_WhenTheBurstIsOutOfRangeOrAlone(string settings, int burst) => AssertFinding(
        settings, "PDJ016",
        $"The job 'Import' has RateBurst = {burst}. Set it together with RateLimit, from 1 to 1,000,000 and to no more than the rate gives in ten years, or leave it " +
        "out for 1.");

    private static void AssertFinding(string settings, string id, string message)
    {
        Diagnostic finding = Assert.Single(GeneratorHarness.Diagnose(Job(settings)));
        Assert.Equal((id, message), (finding.Id, finding.GetMessage(null)));
    }

    private static string Job(string settings) =>
        $$"""
        [Job("a", {{settings}})] public sealed class Import : IJob<int>
        {
            public Task RunAsync(int args, JobContext context, CancellationToken cancellationToken) => Task.CompletedTask;
        }
        """;
}
