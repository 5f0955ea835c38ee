using System.Diagnostics;
using System.Globalization;

namespace ProDev.Jobs.Soak;

/// <summary>
/// Sends signals by <c>kill(1)</c>. It takes their names, and the numbers of SIGSTOP and SIGCONT differ between systems; .NET itself can only end processes.
/// </summary>
public static class Signals
{
    public static async Task SendAsync(string signal, int process)
    {
        using var kill = Process.Start("kill", ["-" + signal, process.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        if (kill.ExitCode != 0)
            throw new InvalidOperationException($"'kill -{signal} {process}' ended with {kill.ExitCode}. Is the process still there?");
    }
}
