using System.Linq.Expressions;
using Nuke.Common;

namespace ProDev.Build.StandIn.Tests;

/// <summary>Runs a build class in this process with the given command line and environment, and keeps what it printed.</summary>
internal static class BuildRunner
{
    public static BuildResult Run<T>(
        Expression<Func<T, Target>> defaultTarget, string commandLine = "", params (string Name, string Value)[] environment)
        where T : NukeBuild, new() => Run([defaultTarget], commandLine, environment);

    /// <summary>Runs a build that has no default target.</summary>
    public static BuildResult Run<T>(string commandLine)
        where T : NukeBuild, new() => Run<T>([], commandLine, []);

    private static BuildResult Run<T>(Expression<Func<T, Target>>[] defaultTargets, string commandLine, (string Name, string Value)[] environment)
        where T : NukeBuild, new()
    {
        TextWriter output = Console.Out, error = Console.Error;
        using StringWriter capturedOutput = new(), capturedError = new();
        Console.SetOut(capturedOutput);
        Console.SetError(capturedError);
        try
        {
            NukeBuild.Verbosity = Verbosity.Normal;
            int exitCode = BuildRun.Execute(
                defaultTargets,
                new BuildInput(
                    commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries),
                    environment.ToDictionary(pair => pair.Name, pair => pair.Value)));
            return new BuildResult(exitCode, capturedOutput.ToString(), capturedError.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }
    }
}
