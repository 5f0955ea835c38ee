using System.ComponentModel;
using System.Diagnostics;

namespace ProDev.Build;

/// <summary>Asks git what is checked out.</summary>
public static class RepositoryCommit
{
    /// <summary>Used where there is no clone or no git.</summary>
    public const string Unknown = "unknown";

    /// <summary>Returns the short commit, with "-dirty" when a tracked file has changed, or <see cref="Unknown"/>.</summary>
    /// <param name="directory">A directory of the clone.</param>
    public static string Read(string directory)
    {
        try
        {
            var start = new ProcessStartInfo("git")
            {
                ArgumentList = { "-C", directory, "describe", "--always", "--dirty", "--abbrev=12", "--exclude=*" },
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using var process = Process.Start(start)!;
            process.ErrorDataReceived += static (_, _) => { };
            process.BeginErrorReadLine();
            var commit = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            return process.ExitCode == 0 && commit.Length > 0 ? commit : Unknown;
        }
        catch (Win32Exception)
        {
            return Unknown;
        }
    }
}
