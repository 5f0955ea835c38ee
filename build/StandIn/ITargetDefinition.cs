using System.Linq.Expressions;
using System.Runtime.CompilerServices;

namespace Nuke.Common;

/// <summary>Describes a target: what it does, what must run with it and in which order.</summary>
public interface ITargetDefinition
{
    /// <summary>Sets the sentence that <c>--help</c> shows.</summary>
    ITargetDefinition Description(string description);

    /// <summary>Adds actions. A target without any only groups others and has no row in the summary.</summary>
    ITargetDefinition Executes(params Action[] actions);

    /// <summary>Adds an action whose result is ignored.</summary>
    ITargetDefinition Executes<T>(Func<T> action);

    /// <summary>Adds an asynchronous action; the next action starts when its task has ended.</summary>
    ITargetDefinition Executes(Func<Task> action);

    /// <summary>Runs the given targets before this one.</summary>
    ITargetDefinition DependsOn(params Target[] targets);

    /// <summary>Runs this target before the given ones, whenever one of those runs.</summary>
    ITargetDefinition DependentFor(params Target[] targets);

    /// <summary>Skips the target if the condition is false at the moment the target would run.</summary>
    ITargetDefinition OnlyWhenDynamic(
        Func<bool> condition,
        [CallerArgumentExpression(nameof(condition))] string? conditionExpression = null);

    /// <summary>Skips the target, and what only it needs, if the condition is false before the first target runs.</summary>
    ITargetDefinition OnlyWhenStatic(
        Func<bool> condition,
        [CallerArgumentExpression(nameof(condition))] string? conditionExpression = null);

    /// <summary>Stops the build before the first target if one of these parameters has no value.</summary>
    ITargetDefinition Requires<T>(Expression<Func<T?>> parameterRequirement, params Expression<Func<T?>>[] parameterRequirements)
        where T : class;

    /// <summary>Stops the build before the first target if one of these parameters has no value.</summary>
    ITargetDefinition Requires<T>(Expression<Func<T?>> parameterRequirement, params Expression<Func<T?>>[] parameterRequirements)
        where T : struct;

    /// <summary>Stops the build before the first target if one of these conditions is false.</summary>
    ITargetDefinition Requires(Expression<Func<bool>> requirement, params Expression<Func<bool>>[] requirements);

    /// <summary>Says whether the targets that only this one needs are skipped with it. They are, unless this is called.</summary>
    ITargetDefinition WhenSkipped(DependencyBehavior dependencyBehavior);

    /// <summary>Orders this target before others, if both run.</summary>
    ITargetDefinition Before(params Target[] targets);

    /// <summary>Orders this target after others, if both run.</summary>
    ITargetDefinition After(params Target[] targets);

    /// <summary>Runs the given targets after this one.</summary>
    ITargetDefinition Triggers(params Target[] targets);

    /// <summary>Runs this target after one of the given ones.</summary>
    ITargetDefinition TriggeredBy(params Target[] targets);

    /// <summary>Runs this target even if one before it failed.</summary>
    ITargetDefinition AssuredAfterFailure();

    /// <summary>Goes on with the next target if this one fails. The build fails all the same.</summary>
    ITargetDefinition ProceedAfterFailure();

    /// <summary>Leaves the target out of <c>--help</c>.</summary>
    ITargetDefinition Unlisted();
}
