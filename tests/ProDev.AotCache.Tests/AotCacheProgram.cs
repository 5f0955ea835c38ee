using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ProDev.AotCache.Tests;

/// <summary>The sample, published as native code once for all tests.</summary>
public sealed class AotCacheProgram
{
    private readonly Lazy<Task<(int ExitCode, string Output)>> _published;

    public AotCacheProgram() => _published = new(() => RunAsync(
        "dotnet",
        Root,
        "publish",
        Path.Combine(Root, "samples", "AotCache"),
        "--configuration",
        "Release",
        "--runtime",
        RuntimeInformation.RuntimeIdentifier,
        "--nologo",
        // Output of its own: what else is built for this machine lies under 'artifacts' and may be in use.
        $"-p:ArtifactsPath={Folder}"));

    private static string Root { get; } = FindRoot();

    private static string Folder { get; } = Path.Combine(Root, "artifacts", "aot");

    public async Task<string> PublishAsync()
    {
        var (exitCode, output) = await _published.Value;
        Assert.True(exitCode == 0, output);
        return output;
    }

    public async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        await PublishAsync();
        var name = OperatingSystem.IsWindows() ? "AotCache.exe" : "AotCache";
        var program = Path.Combine(Folder, "publish", "AotCache", $"release_{RuntimeInformation.RuntimeIdentifier}", name);
        return await RunAsync(program, Path.GetTempPath(), arguments);
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string program, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };

        // What the test host sets for the build it belongs to must not reach another one.
        foreach (var variable in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(variable);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "ProDev.Lib.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        return folder;
    }
}
