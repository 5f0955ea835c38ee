namespace ProDev.Build;

/// <summary>A test or a class of tests that a run leaves out.</summary>
/// <param name="Name">Its full name.</param>
/// <param name="Requirement">What it requires and the run does not have.</param>
/// <param name="Reason">Why the run does not have it, as the end of a sentence.</param>
public sealed record LeftOutTest(string Name, string Requirement, string Reason);
