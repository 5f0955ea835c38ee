using System.Reflection;
using Nuke.Common;
using Nuke.Common.Execution;

namespace ProDev.Build.StandIn;

/// <summary>All targets of a build, linked to each other.</summary>
internal sealed class TargetCatalog
{
    private const BindingFlags AnyInstance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private TargetCatalog(IReadOnlyList<ExecutableTarget> targets) => Targets = targets;

    public IReadOnlyList<ExecutableTarget> Targets { get; }

    public static TargetCatalog Read(NukeBuild build, IReadOnlyList<Target> defaults)
    {
        TargetDefinition[] definitions = [.. build.GetType().GetProperties(AnyInstance)
            .Where(property => property.PropertyType == typeof(Target))
            .Select(property => Define(property.Name, (Target)property.GetValue(build)!))];
        var catalog = new TargetCatalog([.. definitions.Select(definition => definition.Target)]);
        foreach (TargetDefinition definition in definitions)
        {
            catalog.Link(definition);
        }

        foreach (Target factory in defaults)
        {
            catalog.Find(factory).IsDefault = true;
        }

        return catalog;
    }

    public ExecutableTarget Find(string name) =>
        Targets.FirstOrDefault(target => string.Equals(target.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new BuildException(
            $"Target with name '{name}' does not exist. Available targets are:{Environment.NewLine}"
            + string.Join(Environment.NewLine, Targets.Where(target => target.Listed).Select(target => $"  - {target.Name}")));

    private static TargetDefinition Define(string name, Target factory)
    {
        var definition = new TargetDefinition(new ExecutableTarget(name, factory));
        factory(definition);
        return definition;
    }

    private ExecutableTarget Find(Target factory) => Targets.First(target => target.Factory.Equals(factory));

    private void Link(TargetDefinition definition)
    {
        ExecutableTarget target = definition.Target;
        target.Dependencies.UnionWith(definition.DependsOnTargets.Select(Find));
        target.Predecessors.UnionWith(definition.AfterTargets.Select(Find));
        target.Triggers.UnionWith(definition.TriggersTargets.Select(Find));
        definition.DependentForTargets.ForEach(other => Find(other).Dependencies.Add(target));
        definition.BeforeTargets.ForEach(other => Find(other).Predecessors.Add(target));
        definition.TriggeredByTargets.ForEach(other => Find(other).Triggers.Add(target));
    }
}
