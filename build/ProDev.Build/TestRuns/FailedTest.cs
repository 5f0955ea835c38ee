namespace ProDev.Build;

/// <summary>A test that failed.</summary>
/// <param name="Name">Its full name.</param>
/// <param name="Message">The first line of what it reported.</param>
public sealed record FailedTest(string Name, string Message);
