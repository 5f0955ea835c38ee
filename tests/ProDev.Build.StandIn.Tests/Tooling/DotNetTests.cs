using System.Globalization;
using Nuke.Common.Tooling;
using static Nuke.Common.Tools.DotNet.DotNetTasks;

namespace ProDev.Build.StandIn.Tests;

public sealed class DotNetTests
{
    [Fact]
    public void LinesAreReturnedInOrder_WhenTheCommandSucceeds()
    {
        IReadOnlyCollection<Output> output = DotNet($"--version", logOutput: false, logInvocation: false);

        Output line = Assert.Single(output);
        Assert.Equal(OutputType.Std, line.Type);
        Assert.True(char.IsDigit(line.Text[0]));
    }

    [Fact]
    public void CallFails_WhenTheExitCodeIsNotZero()
    {
        var exception = Assert.Throws<ProcessException>(() => DotNet($"no-such-command", logOutput: false, logInvocation: false));

        Assert.Equal("Process 'dotnet' exited with code 1.", exception.Message);
    }

    [Fact]
    public void ExitHandlerDecides_WhenOneIsGiven()
    {
        string seen = string.Empty;

        DotNet($"no-such-command", logOutput: false, logInvocation: false, exitHandler: process =>
            seen = string.Create(CultureInfo.InvariantCulture, $"{process.FileName} {process.Arguments} {process.ExitCode}"));

        Assert.Equal("dotnet no-such-command 1", seen);
    }

    [Fact]
    public void LoggerTakesTheLines_WhenOneIsGiven()
    {
        var lines = new List<(OutputType, string)>();

        IReadOnlyCollection<Output> output = DotNet($"--version", logger: (type, text) => lines.Add((type, text)), logInvocation: false);

        Assert.Equal(output.Select(line => (line.Type, line.Text)), lines);
    }

    [Fact]
    public void ProcessRunsInTheGivenFolderWithTheGivenEnvironment()
    {
        string folder = Directory.CreateTempSubdirectory("prodev-dotnet-").FullName;
        File.WriteAllText(Path.Combine(folder, "global.json"), """{ "sdk": { "version": "1.2.3", "rollForward": "disable" } }""");
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = Environment.GetEnvironmentVariable("PATH")! };

        var exception = Record.Exception(() => DotNet(
            $"--version", workingDirectory: folder, environmentVariables: environment, logOutput: false, logInvocation: false));
        Directory.Delete(folder, recursive: true);

        Assert.IsType<ProcessException>(exception);
    }

    [Fact]
    public void RemedyIsNamed_WhenTheProgramIsNotThere()
    {
        using var process = new ChildProcess(new ChildCommand("no-such-program-4711", string.Empty, []) { LogInvocation = false });

        var exception = Assert.Throws<ProcessException>(process.Run);

        Assert.StartsWith("Process 'no-such-program-4711' could not be started: ", exception.Message, StringComparison.Ordinal);
        Assert.EndsWith(". Is it installed and on the PATH?", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ProcessIsEnded_WhenItsTimeIsOver()
    {
        // Reads standard input to its end, which never comes; any limit shows the same.
        using var process = new ChildProcess(new ChildCommand("dotnet", "fsi --readline-", []) { LogInvocation = false, LogOutput = false, Timeout = TimeSpan.FromMilliseconds(1) });

        var exception = Assert.Throws<ProcessException>(process.Run);

        Assert.Equal("Process 'dotnet' did not end within 0 seconds and was ended.", exception.Message);
    }
}
