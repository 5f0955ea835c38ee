namespace ProDev.Build.Tests;

public sealed class TestSummaryTests
{
    [Fact]
    public void RunIsGood_WhenEveryExpectedProjectPassed()
    {
        TestSummary summary = TestSummary.Of([Result("B.Tests", 3), Result("A.Tests", 40)], ["A.Tests", "B.Tests"], exitCode: 0, leftOut: []);

        Assert.Empty(summary.Faults);
        Assert.Equal("43 passed, 0 failed", summary.ClosingLine);
        Assert.Equal(
            """
            Project  Passed  Failed  Skipped    Time
            A.Tests      40       0        0    1.5 s
            B.Tests       3       0        0    1.5 s

            """.ReplaceLineEndings(),
            summary.ToText());
    }

    [Fact]
    public void EveryFaultIsNamedAndCounted_WhenTheRunIsBad()
    {
        TestSummary summary = TestSummary.Of(
            [
                Result("A.Tests", 1) with { Failed = [new("A.Fails", "Expected 1.")], Skipped = ["A.Rests"] },
                Result("C.Tests", 0) with { Aborted = "The host crashed." },
                Result("D.Tests", 0),
            ],
            ["A.Tests", "B.Tests", "C.Tests", "D.Tests"],
            exitCode: 1,
            leftOut: []);

        Assert.Equal(
            [
                "A.Fails: failed. Expected 1.",
                "A.Rests: skipped. A test runs or is deleted; there is no third.",
                "C.Tests: the run was cut off. The host crashed.",
                "B.Tests: ran no test.",
                "D.Tests: ran no test.",
            ],
            summary.Faults);
        Assert.Equal("1 passed, 5 failed", summary.ClosingLine);
        Assert.Contains("  - A.Fails: failed. Expected 1.", summary.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void ExitCodeIsAFault_WhenNothingElseExplainsIt()
    {
        TestSummary summary = TestSummary.Of([Result("A.Tests", 1)], ["A.Tests"], exitCode: 134, leftOut: []);

        Assert.Equal(["'dotnet test' exited with code 134 although no test failed. Its output above says why."], summary.Faults);
        Assert.Equal("1 passed, 1 failed", summary.ClosingLine);
    }

    [Fact]
    public void EveryProjectIsMissing_WhenThereAreNoResultFiles()
    {
        using var directory = new TemporaryDirectory();

        Assert.Equal(["A.Tests: ran no test."], TestSummary.Read(directory.Path, ["A.Tests"], exitCode: 1, leftOut: []).Faults);
    }

    [Fact]
    public void TestsAndReasonsAreNamed_WhenSomeWereLeftOut()
    {
        TestSummary summary = TestSummary.Of(
            [Result("A.Tests", 3)],
            ["A.Tests"],
            exitCode: 0,
            [
                new("A.Tests.Cache", "Redis", "and the run was told --without-services"),
                new("A.Tests.Queue", "Redis", "and the run was told --without-services"),
                new("A.Tests.Shell", "POSIX", "and this is Windows"),
            ]);

        Assert.Empty(summary.Faults);
        Assert.Equal("3 passed, 0 failed, not a full run: tests that require Redis, POSIX were left out", summary.ClosingLine);
        Assert.EndsWith(
            """

            This is not a full run. Left out:
              - A.Tests.Cache: requires Redis, and the run was told --without-services.
              - A.Tests.Queue: requires Redis, and the run was told --without-services.
              - A.Tests.Shell: requires POSIX, and this is Windows.

            """.ReplaceLineEndings(),
            summary.ToText(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void ProjectIsMissing_WhenAllItsTestsWereLeftOut()
    {
        TestSummary summary = TestSummary.Of([Result("A.Tests", 0)], ["A.Tests"], exitCode: 0, [new("A.Tests.Cache", "Redis", "and so on")]);

        Assert.Equal(["A.Tests: ran no test."], summary.Faults);
    }

    private static TestProjectResult Result(string project, int passed) => new(project, passed, [], [], Aborted: null, TimeSpan.FromSeconds(1.5));
}
