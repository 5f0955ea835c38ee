namespace Nuke.Common.Execution;

/// <summary>Where a target of the plan stands.</summary>
public enum ExecutionStatus
{
    /// <summary>It will run.</summary>
    Scheduled,

    /// <summary>The build ended before its turn.</summary>
    NotRun,

    /// <summary>It was left out, by a parameter or a condition.</summary>
    Skipped,

    /// <summary>It has no action of its own.</summary>
    Collective,

    /// <summary>It runs.</summary>
    Running,

    /// <summary>It ran to the end.</summary>
    Succeeded,

    /// <summary>It threw.</summary>
    Failed,

    /// <summary>The build was interrupted while it ran.</summary>
    Aborted,
}
