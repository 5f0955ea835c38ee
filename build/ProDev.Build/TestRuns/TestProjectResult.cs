namespace ProDev.Build;

/// <summary>What the tests of one project gave.</summary>
/// <param name="Project">The project's name.</param>
/// <param name="Passed">Tests that passed.</param>
/// <param name="Failed">Tests that failed, each with the first line of its message.</param>
/// <param name="Skipped">Names of tests that did not run.</param>
/// <param name="Aborted">Why the run ended before its end, or null if it did not.</param>
/// <param name="Duration">From the first test's start to the last one's end.</param>
public sealed record TestProjectResult(
    string Project,
    int Passed,
    IReadOnlyList<FailedTest> Failed,
    IReadOnlyList<string> Skipped,
    string? Aborted,
    TimeSpan Duration);
