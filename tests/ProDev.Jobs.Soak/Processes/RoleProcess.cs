using System.Diagnostics;

namespace ProDev.Jobs.Soak;

/// <summary>A process of a run. It is killed at the latest when this is disposed, and ends by itself when the process that started it does.</summary>
public sealed class RoleProcess : IDisposable
{
    private readonly Process _process;

    private RoleProcess(RoleArguments settings, Process process) => (Settings, _process) = (settings, process);

    public RoleArguments Settings { get; }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public static RoleProcess Start(RoleArguments settings)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet") { RedirectStandardInput = true, UseShellExecute = false };
        foreach (string word in (string[])["exec", typeof(RoleProcess).Assembly.Location, .. settings.ToWords()])
            start.ArgumentList.Add(word);
        return new RoleProcess(settings, Process.Start(start)!);
    }

    /// <summary>SIGKILL, and waits for the end.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGSTOP: the process does nothing more and notices nothing.</summary>
    public Task StopAsync() => Signals.SendAsync("STOP", Id);

    /// <summary>SIGCONT: the process goes on as if no time had passed.</summary>
    public Task ContinueAsync() => Signals.SendAsync("CONT", Id);

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
