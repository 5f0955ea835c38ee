using System.Globalization;

namespace ProDev.Build;

/// <summary>How the target <c>Soak</c> runs the program that injects faults into the jobs.</summary>
/// <param name="Project">The project file of the program.</param>
/// <param name="Arguments">Its arguments, quoted for a command line.</param>
public sealed record SoakCommand(string Project, string Arguments)
{
    private const int MaxMinutes = 7 * 24 * 60;

    /// <summary>Makes the command.</summary>
    /// <param name="repositoryRoot">The root of the repository; the report goes to <c>artifacts/soak/report.md</c> below it.</param>
    /// <param name="minutes">How long faults are begun, from 1 minute to a week; the first round is always finished.</param>
    /// <param name="seed">Where random numbers begin, 0 or more; null for another one each time, which the report tells.</param>
    /// <exception cref="BuildFailedException">A number is out of range.</exception>
    public static SoakCommand Create(string repositoryRoot, int minutes, int? seed)
    {
        ArgumentNullException.ThrowIfNull(repositoryRoot);
        if (minutes is < 1 or > MaxMinutes)
        {
            throw new BuildFailedException(string.Create(
                CultureInfo.InvariantCulture, $"--minutes is '{minutes}'. Set it from 1 to {MaxMinutes}, which is a week."));
        }

        if (seed < 0)
        {
            throw new BuildFailedException(string.Create(
                CultureInfo.InvariantCulture, $"--seed is '{seed}'. Set it to 0 or more, or leave it out for another one each time."));
        }

        string output = Path.Combine(repositoryRoot, "artifacts", "soak");
        string repeat = seed is { } number ? string.Create(CultureInfo.InvariantCulture, $" --seed {number}") : string.Empty;
        return new SoakCommand(
            Path.Combine(repositoryRoot, "tests", "ProDev.Jobs.Soak", "ProDev.Jobs.Soak.csproj"),
            string.Create(CultureInfo.InvariantCulture, $"soak --minutes {minutes} --output \"{output}\"{repeat}"));
    }

    /// <summary>Judges the end of the program.</summary>
    /// <param name="exitCode">Its exit code.</param>
    /// <exception cref="BuildFailedException">It found something, or could not run.</exception>
    public static void Require(int exitCode)
    {
        if (exitCode == 1)
        {
            throw new BuildFailedException(
                "Jobs were lost, doubled or stuck. artifacts/soak/report.md names each finding with its fault, store and seed, by which it can be repeated.");
        }

        if (exitCode != 0)
        {
            throw new BuildFailedException("The soak could not run to its end. The lines above say why; it needs PostgreSQL installed on this machine.");
        }
    }
}
