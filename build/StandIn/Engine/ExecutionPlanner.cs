using Nuke.Common.Execution;

namespace ProDev.Build.StandIn;

/// <summary>
/// Decides which targets run and in which order: what was asked for, in the order given, each after what it depends on and after
/// what is ordered before it; then what those trigger.
/// </summary>
internal sealed class ExecutionPlanner
{
    private readonly HashSet<ExecutableTarget> _needed = [];
    private readonly List<ExecutableTarget> _plan = [];
    private readonly List<ExecutableTarget> _path = [];

    public static IReadOnlyList<ExecutableTarget> Plan(TargetCatalog targets, IReadOnlyList<string>? names)
    {
        ExecutableTarget[] invoked = names is { Count: > 0 }
            ? [.. names.Select(targets.Find)]
            : [.. targets.Targets.Where(target => target.IsDefault)];
        var planner = new ExecutionPlanner();
        foreach (ExecutableTarget target in invoked)
        {
            target.Invoked = true;
            planner.Need(target);
        }

        foreach (ExecutableTarget target in invoked.Concat(planner._needed.ToArray()))
        {
            planner.Visit(target);
        }

        return planner._plan;
    }

    private void Need(ExecutableTarget target)
    {
        if (_needed.Add(target))
        {
            foreach (ExecutableTarget other in target.Dependencies.Concat(target.Triggers))
            {
                Need(other);
            }
        }
    }

    private void Visit(ExecutableTarget target)
    {
        if (_plan.Contains(target))
        {
            return;
        }

        int start = _path.IndexOf(target);
        if (start >= 0)
        {
            IEnumerable<string> circle = _path.Skip(start).Append(target).Select(step => step.Name);
            throw new BuildException(
                $"Circular dependencies between targets: {string.Join(" -> ", circle)}. Take one of these arrows out of the build.");
        }

        _path.Add(target);
        foreach (ExecutableTarget earlier in Earlier(target).ToArray())
        {
            Visit(earlier);
        }

        _path.RemoveAt(_path.Count - 1);
        _plan.Add(target);
    }

    private IEnumerable<ExecutableTarget> Earlier(ExecutableTarget target) =>
        target.Dependencies
            .Concat(target.Predecessors.Where(_needed.Contains))
            .Concat(_needed.Where(other => other.Triggers.Contains(target)));
}
