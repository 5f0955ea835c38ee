using System.Diagnostics;

namespace ProDev.Build.Tests;

/// <summary>Runs the real <c>dotnet</c> and keeps what it printed, in English.</summary>
internal sealed record DotNetRun(int ExitCode, string Output, string Error)
{
    public static Task<DotNetRun> RunAsync(params string[] arguments) => RunAsync(new ProcessStartInfo("dotnet", arguments));

    /// <summary>Runs it with a finished command line in an environment that holds nothing else.</summary>
    public static DotNetRun Run(string arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("dotnet", arguments);
        start.Environment.Clear();
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return RunAsync(start).GetAwaiter().GetResult();
    }

    private static async Task<DotNetRun> RunAsync(ProcessStartInfo start)
    {
        start.UseShellExecute = false;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.WorkingDirectory = Path.GetTempPath();
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
