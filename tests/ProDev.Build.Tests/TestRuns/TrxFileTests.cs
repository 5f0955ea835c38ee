namespace ProDev.Build.Tests;

public sealed class TrxFileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void OutcomesAreCounted_WhenTestsRan()
    {
        TestProjectResult result = Read(
            "Failed",
            """
            <Results>
              <UnitTestResult testName="A.Passes" outcome="Passed" />
              <UnitTestResult testName="A.AlsoPasses" outcome="Passed" />
              <UnitTestResult testName="A.Fails" outcome="Failed">
                <Output><ErrorInfo><Message>Assert.Equal() Failure
            Expected: 1</Message></ErrorInfo></Output>
              </UnitTestResult>
              <UnitTestResult testName="A.TimesOut" outcome="Timeout" />
              <UnitTestResult testName="A.Rests" outcome="NotExecuted" />
            </Results>
            <TestDefinitions>
              <UnitTest><TestMethod codeBase="/x/artifacts/bin/ProDev.Jobs.Tests/release/ProDev.Jobs.Tests.dll" /></UnitTest>
            </TestDefinitions>
            """);

        Assert.Equal("ProDev.Jobs.Tests", result.Project);
        Assert.Equal(2, result.Passed);
        Assert.Equal([new("A.Fails", "Assert.Equal() Failure"), new("A.TimesOut", "Timeout")], result.Failed);
        Assert.Equal(["A.Rests"], result.Skipped);
        Assert.Null(result.Aborted);
        Assert.Equal(TimeSpan.FromSeconds(2.5), result.Duration);
    }

    [Fact]
    public void ReasonIsKept_WhenTheTestHostCrashed()
    {
        TestProjectResult result = Read(
            "Failed",
            runInfo: "<RunInfo outcome=\"Error\"><Text>The active test run was aborted. Reason: Test host process crashed : boom\n  at Somewhere</Text></RunInfo>");

        Assert.Equal("The active test run was aborted. Reason: Test host process crashed : boom", result.Aborted);
        Assert.Equal("ProDev.Some.Tests", result.Project);
    }

    [Fact]
    public void OutcomeIsTheReason_WhenACutOffRunSaysNoMore() =>
        Assert.Equal("The run ended with the outcome 'Aborted'.", Read("Aborted").Aborted);

    [Fact]
    public void NothingWasCutOff_WhenAProjectHasNoTests()
    {
        TestProjectResult result = Read("Completed", runInfo: """<RunInfo outcome="Warning"><Text>No test is available.</Text></RunInfo>""");

        Assert.Null(result.Aborted);
        Assert.Equal(0, result.Passed);
    }

    [Theory]
    [InlineData("<TestRun><Results>")]
    [InlineData("<html />")]
    public void FileIsNamed_WhenItCannotBeRead(string text)
    {
        string path = _directory.Write("broken.trx", text);

        var exception = Assert.Throws<BuildFailedException>(() => TrxFile.Read(path));

        Assert.StartsWith($"The test results '{path}' cannot be read: ", exception.Message, StringComparison.Ordinal);
        Assert.EndsWith("run the tests again.", exception.Message, StringComparison.Ordinal);
    }

    private TestProjectResult Read(string outcome, string body = "", string runInfo = "") => TrxFile.Read(_directory.Write(
        "ProDev.Some.Tests.trx",
        $"""
        <?xml version="1.0" encoding="utf-8"?>
        <TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010">
          <Times start="2026-11-23T09:00:00.0+00:00" finish="2026-11-23T09:00:02.5+00:00" />
          {body}
          <ResultSummary outcome="{outcome}"><RunInfos>{runInfo}</RunInfos></ResultSummary>
        </TestRun>
        """));
}
