using Microsoft.CodeAnalysis;

namespace ProDev.Jobs.Tests;

/// <summary>The version on [Job]: what is generated, and what is refused.</summary>
public sealed class VersionTests
{
    [Fact]
    public void VersionIsRegistered_WhenItIsGiven()
        => Assert.Contains("{ Queue = \"default\", MaxAttempts = 5, Version = 3 },", GeneratorHarness.Generate(Job(3)), StringComparison.Ordinal);

    [Theory]
    [InlineData(0)]
    [InlineData(-2)]
    public void PDJ012_IsReported_WhenTheVersionIsBelow1(int version)
    {
        Diagnostic finding = Assert.Single(GeneratorHarness.Diagnose(Job(version)));

        Assert.Equal("PDJ012", finding.Id);
        Assert.Equal($"The job 'Import' has Version = {version}. Versions begin with 1; leave it out for the first one.", finding.GetMessage(null));
    }

    private static string Job(int version) =>
        $$"""
        [Job("a", Version = {{version}})] public sealed class Import : IJob<int>
        {
            public Task RunAsync(int args, JobContext context, CancellationToken cancellationToken) => Task.CompletedTask;
        }
        """;
}
