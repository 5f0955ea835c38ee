using System.Diagnostics.CodeAnalysis;

namespace ProDev.Build;

/// <summary>A step of the build cannot go on. The message says what is wrong and what to do.</summary>
/// <param name="message">The whole message; no more is printed.</param>
[SuppressMessage("Design", "CA1032", Justification = "An exception without a message would say nothing to the person at the terminal.")]
public sealed class BuildFailedException(string message) : Exception(message);
