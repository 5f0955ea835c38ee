using System.Diagnostics;
using System.Globalization;

namespace ProDev.Quickstart.Tests.Run;

internal static class Signals
{
    /// <summary>Does what Ctrl+C does. The shell's own kill is on every system that has signals.</summary>
    public static async Task InterruptAsync(int processId)
    {
        using var kill = Process.Start("sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -INT {processId}")]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }
}
