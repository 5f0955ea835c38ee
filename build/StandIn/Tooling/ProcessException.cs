using System.Diagnostics.CodeAnalysis;

namespace Nuke.Common.Tooling;

/// <summary>A process ended with a code other than 0, or did not end in time.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Only the engine throws it.")]
public sealed class ProcessException : Exception
{
    internal ProcessException(string message)
        : base(message)
    {
    }
}
