using System.Linq.Expressions;
using System.Reflection;
using Nuke.Common;
using Nuke.Common.Execution;

namespace ProDev.Build.StandIn;

/// <summary>One run of a build, from its arguments to its exit code.</summary>
internal sealed class BuildRun(NukeBuild build, BuildInput input)
{
    private const int ErrorExitCode = -1;

    public static int Execute<T>(Expression<Func<T, Target>>[] defaults)
        where T : NukeBuild, new() => Execute(defaults, BuildInput.OfThisProcess());

    public static int Execute<T>(Expression<Func<T, Target>>[] defaults, BuildInput input)
        where T : NukeBuild, new()
    {
        var build = new T();
        using var console = new BuildConsole();
        return new BuildRun(build, input).Execute(() => TargetCatalog.Read(build, [.. defaults.Select(value => value.Compile()(build))]));
    }

    private int Execute(Func<TargetCatalog> readTargets)
    {
        TargetExecutor? executor = null;
        using var interrupt = new Interrupt();
        try
        {
            TargetCatalog targets = readTargets();
            CommandLine commandLine = CommandLine.Parse(input.Arguments);
            var parameters = new ParameterBinder(build, commandLine, input.Environment);
            parameters.Bind();
            BuildConsole.SetVerbosity(NukeBuild.Verbosity);
            if (!build.NoLogo)
            {
                Console.WriteLine("Stand-in for the Nuke execution engine.");
                Console.WriteLine();
            }

            if (build.Help)
            {
                Console.Write(HelpText.Of(targets, parameters.Members));
                return build.ExitCode ?? 0;
            }

            build.ExecutionPlan = ExecutionPlanner.Plan(targets, parameters.TargetNames("Target"));
            executor = new TargetExecutor(build.ExecutionPlan, () => interrupt.Requested);
            build.OnBuildInitialized();
            executor.Execute(Skipped(targets, parameters));
            return build.ExitCode ??= executor.Succeeded ? 0 : ErrorExitCode;
        }
        catch (Exception exception)
        {
            Exception cause = exception is TargetInvocationException { InnerException: { } inner } ? inner : exception;
            Console.Error.WriteLine(cause is BuildException ? cause.Message : cause.ToString());
            return build.ExitCode ??= ErrorExitCode;
        }
        finally
        {
            Finish(executor);
        }
    }

    private static IReadOnlyList<ExecutableTarget>? Skipped(TargetCatalog targets, ParameterBinder parameters) =>
        parameters.TargetNames("Skip") is { } names ? [.. names.Select(targets.Find)] : null;

    private void Finish(TargetExecutor? executor)
    {
        if (executor is null)
        {
            return;
        }

        executor.Close();
        Console.Write(SummaryTable.Of(build.ExecutionPlan, executor.Succeeded, DateTimeOffset.Now));
        build.OnBuildFinished();
    }
}
