using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace ProDev.Build;

/// <summary>Runs <c>build/services.sh</c>: the PostgreSQL, Redis and RabbitMQ of the integration tests.</summary>
/// <param name="repositoryRoot">The directory that holds <c>build/services.sh</c>.</param>
public sealed class ServicesScript(string repositoryRoot)
{
    /// <summary>
    /// Settings for the script in addition to those of this process, for example <c>PRODEV_SERVICES_DIR</c>. An empty value
    /// hides a variable that this process has.
    /// </summary>
    public IDictionary<string, string> Settings { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Starts what is missing, waits until all three answer, and returns their connection strings by variable.</summary>
    /// <param name="log">Receives each line of progress, one after the other.</param>
    /// <exception cref="ServicesException">A server is missing or did not start; the message says what to install.</exception>
    public IReadOnlyDictionary<string, string> Start(Action<string> log)
    {
        ArgumentNullException.ThrowIfNull(log);
        Run("up", log);
        return ServicesEnvironment.Parse(Run("env", static _ => { }));
    }

    /// <summary>Stops what <see cref="Start"/> started, and nothing else. Does nothing when nothing runs.</summary>
    /// <param name="log">Receives each line of progress, one after the other.</param>
    /// <exception cref="ServicesException">A server could not be stopped.</exception>
    public void Stop(Action<string> log)
    {
        ArgumentNullException.ThrowIfNull(log);
        Run("down", log);
    }

    private string Run(string verb, Action<string> log)
    {
        var script = Path.Combine(repositoryRoot, "build", "services.sh");
        if (!File.Exists(script))
            throw new ServicesException($"There is no \"{script}\". The root given must be the root of the repository.");

        var output = new StringBuilder();
        var errors = new StringBuilder();
        using var process = new Process { StartInfo = StartInfo(script, verb) };
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is null)
                return;
            output.Append(line.Data).Append('\n');
            log(line.Data);
        };
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is not null)
                errors.Append(line.Data).Append('\n');
        };

        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            throw new ServicesException(
                "bash was not found, and build/services.sh needs it. Install it (Git for Windows brings one), or set " +
                "PRODEV_TEST_POSTGRES, PRODEV_TEST_REDIS and PRODEV_TEST_RABBITMQ to running servers.",
                e);
        }

        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output.ToString()
            : throw new ServicesException($"build/services.sh {verb} ended with exit code {process.ExitCode}.\n{errors}".TrimEnd());
    }

    private ProcessStartInfo StartInfo(string script, string verb)
    {
        var start = new ProcessStartInfo("bash")
        {
            ArgumentList = { script, verb },
            WorkingDirectory = repositoryRoot,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in Settings)
            start.Environment[name] = value;
        return start;
    }
}
