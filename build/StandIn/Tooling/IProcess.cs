namespace Nuke.Common.Tooling;

/// <summary>A process that a build ran.</summary>
public interface IProcess : IDisposable
{
    /// <summary>The program.</summary>
    string FileName { get; }

    /// <summary>Its arguments, with secrets masked.</summary>
    string Arguments { get; }

    /// <summary>What it printed so far.</summary>
    IReadOnlyCollection<Output> Output { get; }

    /// <summary>Its exit code, once it has ended.</summary>
    int ExitCode { get; }
}
