namespace Quickstart.Reporting;

/// <summary>What a step did, in one line, and the promises it checked.</summary>
internal sealed record StepResult(string Outcome, IReadOnlyList<Check> Checks);
