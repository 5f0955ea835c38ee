using System.Diagnostics;
using System.Text;

namespace ProDev.Quickstart.Tests.Run;

/// <summary>The built Quickstart as a process of its own, with redirected output.</summary>
internal sealed class QuickstartProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();

    private QuickstartProcess(string program, string[] args)
    {
        _process = new Process
        {
            StartInfo = new ProcessStartInfo("dotnet", [program, .. args])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardOutputEncoding = Encoding.UTF8,
                StandardErrorEncoding = Encoding.UTF8,
                WorkingDirectory = Path.GetTempPath(),
            },
        };
        _process.OutputDataReceived += (_, line) => Append(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Append(_error, line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>The program's own build output: tests must not run a copy that coverage has rewritten.</summary>
    public static string Folder
    {
        get
        {
            var own = new DirectoryInfo(AppContext.BaseDirectory);
            return Path.Combine(own.Parent!.Parent!.FullName, "Quickstart", own.Name);
        }
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public string Output => Read(_output);

    public string Error => Read(_error);

    public static QuickstartProcess Start(params string[] args) => StartIn(Folder, args);

    public static QuickstartProcess StartIn(string folder, params string[] args) => new(Path.Combine(folder, "Quickstart.dll"), args);

    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] args)
    {
        using var process = Start(args);
        var exitCode = await process.WaitAsync();
        return (exitCode, process.Output, process.Error);
    }

    public async Task<int> WaitAsync()
    {
        using var timeout = new CancellationTokenSource(Patience);
        try
        {
            await _process.WaitForExitAsync(timeout.Token);
            return _process.ExitCode;
        }
        catch (OperationCanceledException e)
        {
            throw new TimeoutException($"The Quickstart did not end within {Patience.TotalSeconds} s. It wrote: {Output}{Error}", e);
        }
    }

    /// <summary>Ends the process at once, as 'kill -9' does.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();

        _process.Dispose();
    }

    private static void Append(StringBuilder text, string? line)
    {
        lock (text)
        {
            if (line is not null)
                text.Append(line).Append('\n');
        }
    }

    private static string Read(StringBuilder text)
    {
        lock (text)
            return text.ToString();
    }
}
