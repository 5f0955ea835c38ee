using System.Diagnostics.CodeAnalysis;

namespace ProDev.Build.StandIn;

/// <summary>The build cannot go on, and the message says all that a person needs: no stack trace is printed.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Only the engine throws it.")]
internal sealed class BuildException(string message) : Exception(message);
