using System.Linq.Expressions;
using Nuke.Common.Execution;
using ProDev.Build.StandIn;

namespace Nuke.Common;

/// <summary>The base of a build: a class whose properties of type <see cref="Target"/> are its steps.</summary>
public abstract partial class NukeBuild
{
    /// <summary>The targets asked for, or the default ones.</summary>
    [Parameter("Targets to run. They may also be given first, without the option's name.", Name = "Target", Separator = "+")]
    public IReadOnlyCollection<ExecutableTarget> InvokedTargets => [.. ExecutionPlan.Where(target => target.Invoked)];

    /// <summary>The targets left out.</summary>
    [Parameter("Targets to leave out. Without a name: all that were not asked for.", Name = "Skip", Separator = "+")]
    public IReadOnlyCollection<ExecutableTarget> SkippedTargets => WithStatus(ExecutionStatus.Skipped);

    /// <summary>The targets that have not run yet.</summary>
    public IReadOnlyCollection<ExecutableTarget> ScheduledTargets => WithStatus(ExecutionStatus.Scheduled);

    /// <summary>The targets that threw.</summary>
    public IReadOnlyCollection<ExecutableTarget> FailedTargets => WithStatus(ExecutionStatus.Failed);

    /// <summary>The targets that ran to the end.</summary>
    public IReadOnlyCollection<ExecutableTarget> SucceededTargets => WithStatus(ExecutionStatus.Succeeded);

    /// <summary>The targets of this run in their order. Empty until the command line has been read.</summary>
    public IReadOnlyCollection<ExecutableTarget> ExecutionPlan { get; internal set; } = [];

    /// <summary>Whether only the help text was asked for.</summary>
    [Parameter("Shows this text.")]
    public bool Help { get; internal set; }

    /// <summary>Whether the engine's own first line is left out.</summary>
    [Parameter("Leaves out the engine's first line.")]
    public bool NoLogo { get; internal set; }

    /// <summary>The exit code to end with; null means 0 for success and -1, which a shell sees as 255, for failure.</summary>
    public int? ExitCode { get; set; }

    /// <summary>Runs the build with this process's arguments and returns the exit code.</summary>
    /// <param name="defaultTargetExpressions">The targets to run when none is named.</param>
    protected static int Execute<T>(params Expression<Func<T, Target>>[] defaultTargetExpressions)
        where T : NukeBuild, new()
    {
        ArgumentNullException.ThrowIfNull(defaultTargetExpressions);
        return BuildRun.Execute(defaultTargetExpressions);
    }

    private ExecutableTarget[] WithStatus(ExecutionStatus status) => [.. ExecutionPlan.Where(target => target.Status == status)];
}
