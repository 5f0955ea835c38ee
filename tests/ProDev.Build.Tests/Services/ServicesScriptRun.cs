using System.Diagnostics;

namespace ProDev.Build.Tests;

/// <summary>Runs build/services.sh with a directory of its own and with no variable that this process happens to have.</summary>
internal sealed record ServicesScriptRun(int ExitCode, string Output, string Error)
{
    private static readonly string[] Variables =
    [
        "PRODEV_TEST_POSTGRES", "PRODEV_TEST_REDIS", "PRODEV_TEST_RABBITMQ",
        "PRODEV_SERVICES_DIR", "PRODEV_SERVICES_FROM", "PRODEV_SERVICES_INSTALL", "PRODEV_SERVICES_TIMEOUT",
    ];

    public static async Task<ServicesScriptRun> RunAsync(
        string directory, string arguments, params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo("bash")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.ArgumentList.Add(Path.Combine(RepositoryRoot.Path, "build", "services.sh"));
        foreach (var argument in arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            start.ArgumentList.Add(argument);
        foreach (var variable in Variables)
            start.Environment.Remove(variable);
        start.Environment["PRODEV_SERVICES_DIR"] = directory;
        start.Environment["PRODEV_SERVICES_INSTALL"] = "0";
        foreach (var (name, value) in settings)
            start.Environment[name] = value;

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new ServicesScriptRun(process.ExitCode, await output, await error);
    }
}
