using System.Diagnostics;
using System.Linq.Expressions;

namespace Nuke.Common.Execution;

/// <summary>A target with its definition and its state in this run.</summary>
public sealed class ExecutableTarget
{
    internal ExecutableTarget(string name, Target factory)
    {
        Name = name;
        Factory = factory;
    }

    /// <summary>The name of the property that declares the target.</summary>
    public string Name { get; }

    /// <summary>The sentence for <c>--help</c>.</summary>
    public string? Description { get; internal set; }

    /// <summary>Where the target stands.</summary>
    public ExecutionStatus Status { get; internal set; } = ExecutionStatus.Scheduled;

    /// <summary>Whether the target was asked for by name or is the default.</summary>
    public bool Invoked { get; internal set; }

    /// <summary>How long the target ran, up to now.</summary>
    public TimeSpan Duration => Stopwatch.Elapsed;

    internal Target Factory { get; }
    internal bool IsDefault { get; set; }
    internal bool Listed { get; set; } = true;
    internal bool AssuredAfterFailure { get; set; }
    internal bool ProceedAfterFailure { get; set; }
    internal DependencyBehavior DependencyBehavior { get; set; }
    internal string? Note { get; set; }
    internal Stopwatch Stopwatch { get; } = new();
    internal List<Func<Task>> Actions { get; } = [];
    internal List<(Func<bool> Holds, string Text)> DynamicConditions { get; } = [];
    internal List<(Func<bool> Holds, string Text)> StaticConditions { get; } = [];
    internal List<LambdaExpression> Requirements { get; } = [];
    internal HashSet<ExecutableTarget> Dependencies { get; } = [];
    internal HashSet<ExecutableTarget> Predecessors { get; } = [];
    internal HashSet<ExecutableTarget> Triggers { get; } = [];
}
