using Nuke.Common;
using Nuke.Common.Execution;
using Serilog;

namespace ProDev.Build.StandIn;

/// <summary>Runs the targets of a plan one after the other and keeps their states.</summary>
internal sealed class TargetExecutor(IReadOnlyCollection<ExecutableTarget> plan, Func<bool> interrupted)
{
    public bool Succeeded => plan.All(target =>
        target.Status is ExecutionStatus.Succeeded or ExecutionStatus.Skipped or ExecutionStatus.Collective);

    /// <summary>Runs the plan without the skipped targets. Null skips none, an empty list all that were not asked for.</summary>
    public void Execute(IReadOnlyList<ExecutableTarget>? skipped)
    {
        foreach (ExecutableTarget target in plan.Where(target => skipped?.Count == 0 || skipped?.Contains(target) == true))
        {
            Skip(target, "Skipped: via parameter");
        }

        foreach (ExecutableTarget target in plan.Where(target => target.Status == ExecutionStatus.Scheduled))
        {
            SkipUnless(target, target.StaticConditions);
        }

        Requirements.Check(plan.Where(target => target.Status == ExecutionStatus.Scheduled));
        bool goOn = true;
        foreach (ExecutableTarget target in plan.Where(target => target.Status == ExecutionStatus.Scheduled))
        {
            if (goOn || target.AssuredAfterFailure)
            {
                goOn &= Run(target);
            }
        }
    }

    /// <summary>Gives the targets that did not come to an end their final state.</summary>
    public void Close()
    {
        foreach (ExecutableTarget target in plan)
        {
            target.Status = target.Status switch
            {
                ExecutionStatus.Scheduled => ExecutionStatus.NotRun,
                ExecutionStatus.Running => ExecutionStatus.Aborted,
                _ => target.Status,
            };
        }
    }

    /// <summary>Runs one target; false means that the targets after it must not run.</summary>
    private bool Run(ExecutableTarget target)
    {
        if (SkipUnless(target, target.DynamicConditions))
        {
            return true;
        }

        if (target.Actions.Count == 0)
        {
            target.Status = ExecutionStatus.Collective;
            return true;
        }

        Console.WriteLine($"═══ {target.Name}");
        target.Status = ExecutionStatus.Running;
        target.Stopwatch.Start();
        try
        {
            foreach (Func<Task> action in target.Actions)
            {
                action().GetAwaiter().GetResult();
            }

            target.Status = interrupted() ? ExecutionStatus.Aborted : ExecutionStatus.Succeeded;
        }
        catch (Exception exception)
        {
            target.Status = interrupted() ? ExecutionStatus.Aborted : ExecutionStatus.Failed;
            target.Note ??= $"{exception.GetType().Name}: {FirstLine(exception.Message)}";
            Log.Error("Target {Target:l} failed. {Message:l}", target.Name, exception.Message);
            Log.Verbose(exception, "Details");
        }

        target.Stopwatch.Stop();
        Console.WriteLine();
        return target.Status == ExecutionStatus.Succeeded || (target.ProceedAfterFailure && target.Status == ExecutionStatus.Failed);
    }

    private bool SkipUnless(ExecutableTarget target, List<(Func<bool> Holds, string Text)> conditions)
    {
        string[] broken = [.. conditions.Where(condition => !condition.Holds()).Select(condition => condition.Text)];
        if (broken.Length == 0)
        {
            return false;
        }

        Skip(target, $"OnlyWhen: {string.Join(" && ", broken)}", evenIfInvoked: true);
        return true;
    }

    private void Skip(ExecutableTarget target, string note, bool evenIfInvoked = false)
    {
        if (target.Status != ExecutionStatus.Scheduled || (target.Invoked && !evenIfInvoked))
        {
            return;
        }

        target.Status = ExecutionStatus.Skipped;
        target.Note = note;
        if (target.DependencyBehavior == DependencyBehavior.Execute)
        {
            return;
        }

        foreach (ExecutableTarget other in target.Dependencies.Concat(target.Triggers).Where(plan.Contains).Where(NobodyElseNeeds))
        {
            Skip(other, $"Skipped: because of {target.Name}");
        }
    }

    private bool NobodyElseNeeds(ExecutableTarget target) => !plan.Any(other =>
        other.Status == ExecutionStatus.Scheduled && (other.Dependencies.Contains(target) || other.Triggers.Contains(target)));

    private static string FirstLine(string text) => text.Split('\n')[0].TrimEnd('\r');
}
