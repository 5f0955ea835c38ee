namespace ProDev.Build;

/// <summary>How a command ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Lines">What it printed.</param>
public sealed record CommandResult(int ExitCode, IReadOnlyList<string> Lines);
