using Nuke.Common.Tooling;
using ProDev.Build.StandIn;

namespace Nuke.Common.Tools.DotNet;

/// <summary>Runs the <c>dotnet</c> command.</summary>
public static class DotNetTasks
{
    /// <summary>Runs <c>dotnet</c> with the given arguments and waits for its end.</summary>
    /// <param name="arguments">The arguments, as an interpolated string.</param>
    /// <param name="workingDirectory">Where it runs; null is the working directory of the build.</param>
    /// <param name="environmentVariables">All of its environment; null is the environment of the build.</param>
    /// <param name="timeout">Milliseconds after which it is ended and the call fails; null waits without a limit.</param>
    /// <param name="logOutput">Whether its lines are printed. They are, unless this is false.</param>
    /// <param name="logInvocation">Whether the command is printed. It is, unless this is false.</param>
    /// <param name="logger">Takes each line instead of the build's log.</param>
    /// <param name="exitHandler">Judges the end instead of the rule that any exit code but 0 fails; its result is ignored.</param>
    /// <exception cref="ProcessException">The exit code is not 0, or the time is over.</exception>
    public static IReadOnlyCollection<Output> DotNet(
        ArgumentStringHandler arguments,
        string? workingDirectory = null,
        IReadOnlyDictionary<string, string>? environmentVariables = null,
        int? timeout = null,
        bool? logOutput = null,
        bool? logInvocation = null,
        Action<OutputType, string>? logger = null,
        Func<IProcess, object?>? exitHandler = null)
    {
        IReadOnlyList<string> secrets = arguments.Secrets;
        var command = new ChildCommand("dotnet", arguments.ToStringAndClear(), secrets)
        {
            WorkingDirectory = workingDirectory,
            Environment = environmentVariables,
            Timeout = timeout is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null,
            LogOutput = logOutput ?? true,
            LogInvocation = logInvocation ?? true,
            Logger = logger,
        };
        using var process = new ChildProcess(command);
        process.Run();
        if (exitHandler is null)
        {
            process.AssertZeroExitCode();
        }
        else
        {
            exitHandler(process);
        }

        return process.Output;
    }
}
