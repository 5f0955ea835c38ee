using System.Diagnostics;

namespace ProDev.Build.Tests;

/// <summary>Runs the real <c>dotnet</c> and keeps what it printed, in English.</summary>
internal sealed record DotNetRun(int ExitCode, string Output, string Error)
{
    public static async Task<DotNetRun> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        // A compiler server that outlives the command would hold its output open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new DotNetRun(process.ExitCode, await output, await error);
    }
}
