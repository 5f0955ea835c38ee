namespace ProDev.Build;

/// <summary>The servers that integration tests need, as the target <c>Services</c> uses them.</summary>
public static class TestServices
{
    private static readonly string[] Variables = ["PRODEV_TEST_POSTGRES", "PRODEV_TEST_REDIS", "PRODEV_TEST_RABBITMQ"];

    /// <summary>Returns the connection strings by variable, after starting what is neither given nor running.</summary>
    /// <param name="repositoryRoot">The folder that holds <c>build/services.sh</c>.</param>
    /// <param name="log">Receives each line of progress.</param>
    public static IReadOnlyDictionary<string, string> Start(string repositoryRoot, Action<string> log) =>
        Given(Environment.GetEnvironmentVariable, OperatingSystem.IsWindows()) ?? new ServicesScript(repositoryRoot).Start(log);

    /// <summary>Stops what was started here, and nothing else.</summary>
    /// <param name="repositoryRoot">The folder that holds <c>build/services.sh</c>.</param>
    /// <param name="log">Receives each line of progress.</param>
    public static void Stop(string repositoryRoot, Action<string> log)
    {
        if (!OperatingSystem.IsWindows())
        {
            new ServicesScript(repositoryRoot).Stop(log);
        }
    }

    /// <summary>
    /// Hides the connection strings of the environment from what the build starts. In a run without services, a test that needs a
    /// server and is not marked then fails, also where servers run.
    /// </summary>
    public static void Hide()
    {
        foreach (string name in Variables)
        {
            Environment.SetEnvironmentVariable(name, null);
        }
    }

    /// <summary>The connection strings of the environment if all are there, else null, where a script can start the rest.</summary>
    /// <param name="variable">Gives the value of an environment variable.</param>
    /// <param name="isWindows">Whether no script can be run.</param>
    /// <exception cref="BuildFailedException">One is missing on Windows.</exception>
    internal static IReadOnlyDictionary<string, string>? Given(Func<string, string?> variable, bool isWindows)
    {
        string[] missing = [.. Variables.Where(name => string.IsNullOrWhiteSpace(variable(name)))];
        if (missing.Length == 0)
        {
            return Variables.ToDictionary(name => name, name => variable(name)!, StringComparer.Ordinal);
        }

        return isWindows
            ? throw new BuildFailedException(
                $"The build cannot start the test services on Windows. Set {string.Join(", ", missing)} to the connection strings of running servers.")
            : null;
    }
}
