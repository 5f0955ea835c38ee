using System.Runtime.InteropServices;

namespace Nuke.Common.Tooling;

/// <summary>One line that a process printed.</summary>
[StructLayout(LayoutKind.Auto)]
public struct Output
{
    /// <summary>The stream it came from.</summary>
    public OutputType Type;

    /// <summary>The line without its end.</summary>
    public string Text;
}
