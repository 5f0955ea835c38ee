using System.Diagnostics;
using System.Runtime.Versioning;

namespace ProDev.Build.Tests;

/// <summary>
/// Runs build.sh with a <c>dotnet</c> of our own first on the PATH. That one writes down how it was called, answers a restore with
/// the given text and exit code, and does nothing else.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed record BuildScriptRun(int ExitCode, string Output, string Error, IReadOnlyList<string> Calls)
{
    private const string FakeDotNet = """
        #!/usr/bin/env bash
        echo "$*" >>"$FAKE_DIR/calls"
        case $1 in
            --version) [ -z "${FAKE_SDK_MISSING:-}" ] || exit 145; echo 10.0.401 ;;
            --list-sdks) echo '8.0.100 [/usr/share/dotnet/sdk]' ;;
            restore) cat "$FAKE_DIR/restore"; exit "$FAKE_RESTORE_EXIT" ;;
            build) echo "$FAKE_BUILD_OUTPUT"; exit "$FAKE_BUILD_EXIT" ;;
            *) echo "ran in $PWD"; exit "$FAKE_RUN_EXIT" ;;
        esac
        """;

    public static async Task<BuildScriptRun> RunAsync(
        string restoreOutput = "", int restoreExit = 0, string? engine = null, string arguments = "", params (string Name, string Value)[] settings)
    {
        using var directory = new TemporaryDirectory();
        directory.Write("restore", restoreOutput + "\n");
        directory.Write("calls", string.Empty);
        string dotnet = directory.Write("bin/dotnet", FakeDotNet.ReplaceLineEndings("\n"));
        File.SetUnixFileMode(dotnet, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var start = new ProcessStartInfo("bash")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (string argument in new[] { Path.Combine(RepositoryRoot.Path, "build.sh") }.Concat(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["PATH"] = $"{directory.Combine("bin")}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["FAKE_DIR"] = directory.Path;
        start.Environment["FAKE_RESTORE_EXIT"] = $"{restoreExit}";
        start.Environment["FAKE_BUILD_EXIT"] = "0";
        start.Environment["FAKE_BUILD_OUTPUT"] = string.Empty;
        start.Environment["FAKE_RUN_EXIT"] = "0";
        start.Environment.Remove("PRODEV_BUILD_ENGINE");
        foreach ((string name, string value) in settings.Concat(engine is null ? [] : [("PRODEV_BUILD_ENGINE", engine)]))
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new BuildScriptRun(process.ExitCode, await output, await error, await File.ReadAllLinesAsync(directory.Combine("calls")));
    }
}
