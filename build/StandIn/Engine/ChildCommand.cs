using Nuke.Common.Tooling;

namespace ProDev.Build.StandIn;

/// <summary>A process to run and how.</summary>
internal sealed record ChildCommand(string FileName, string Arguments, IReadOnlyList<string> Secrets)
{
    public string? WorkingDirectory { get; init; }
    public IReadOnlyDictionary<string, string>? Environment { get; init; }
    public TimeSpan? Timeout { get; init; }
    public bool LogOutput { get; init; } = true;
    public bool LogInvocation { get; init; } = true;
    public Action<OutputType, string>? Logger { get; init; }
}
