using System.Linq.Expressions;
using Nuke.Common;
using Nuke.Common.Execution;

namespace ProDev.Build.StandIn;

/// <summary>Fills one target in while its definition runs. Other targets are noted as delegates and looked up afterwards.</summary>
internal sealed class TargetDefinition(ExecutableTarget target) : ITargetDefinition
{
    public ExecutableTarget Target { get; } = target;
    public List<Target> DependsOnTargets { get; } = [];
    public List<Target> DependentForTargets { get; } = [];
    public List<Target> BeforeTargets { get; } = [];
    public List<Target> AfterTargets { get; } = [];
    public List<Target> TriggersTargets { get; } = [];
    public List<Target> TriggeredByTargets { get; } = [];

    public ITargetDefinition Description(string description) => With(() => Target.Description = description);

    public ITargetDefinition Executes(params Action[] actions) => With(() => Target.Actions.AddRange(actions.Select(Asynchronous)));

    public ITargetDefinition Executes<T>(Func<T> action) => With(() => Target.Actions.Add(Asynchronous(() => action())));

    public ITargetDefinition Executes(Func<Task> action) => With(() => Target.Actions.Add(action));

    public ITargetDefinition DependsOn(params Target[] targets) => With(() => DependsOnTargets.AddRange(targets));

    public ITargetDefinition DependentFor(params Target[] targets) => With(() => DependentForTargets.AddRange(targets));

    public ITargetDefinition OnlyWhenDynamic(Func<bool> condition, string? conditionExpression = null) =>
        With(() => Target.DynamicConditions.Add((condition, Readable(conditionExpression))));

    public ITargetDefinition OnlyWhenStatic(Func<bool> condition, string? conditionExpression = null) =>
        With(() => Target.StaticConditions.Add((condition, Readable(conditionExpression))));

    public ITargetDefinition Requires<T>(Expression<Func<T?>> parameterRequirement, params Expression<Func<T?>>[] parameterRequirements)
        where T : class => With(() => Target.Requirements.AddRange([parameterRequirement, .. parameterRequirements]));

    public ITargetDefinition Requires<T>(Expression<Func<T?>> parameterRequirement, params Expression<Func<T?>>[] parameterRequirements)
        where T : struct => With(() => Target.Requirements.AddRange([parameterRequirement, .. parameterRequirements]));

    public ITargetDefinition Requires(Expression<Func<bool>> requirement, params Expression<Func<bool>>[] requirements) =>
        With(() => Target.Requirements.AddRange([requirement, .. requirements]));

    public ITargetDefinition WhenSkipped(DependencyBehavior dependencyBehavior) =>
        With(() => Target.DependencyBehavior = dependencyBehavior);

    public ITargetDefinition Before(params Target[] targets) => With(() => BeforeTargets.AddRange(targets));

    public ITargetDefinition After(params Target[] targets) => With(() => AfterTargets.AddRange(targets));

    public ITargetDefinition Triggers(params Target[] targets) => With(() => TriggersTargets.AddRange(targets));

    public ITargetDefinition TriggeredBy(params Target[] targets) => With(() => TriggeredByTargets.AddRange(targets));

    public ITargetDefinition AssuredAfterFailure() => With(() => Target.AssuredAfterFailure = true);

    public ITargetDefinition ProceedAfterFailure() => With(() => Target.ProceedAfterFailure = true);

    public ITargetDefinition Unlisted() => With(() => Target.Listed = false);

    private static Func<Task> Asynchronous(Action action) => () =>
    {
        action();
        return Task.CompletedTask;
    };

    private static string Readable(string? lambda) => (lambda ?? "a condition").Replace("() =>", string.Empty, StringComparison.Ordinal).Trim();

    private TargetDefinition With(Action change)
    {
        change();
        return this;
    }
}
