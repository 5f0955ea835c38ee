namespace ProDev.Build;

/// <summary>How the target <c>Format</c> runs <c>dotnet format</c>: all of it, that is whitespace, style and analyzers, in one load of the solution.</summary>
public static class FormatOptions
{
    /// <summary>The options after the solution. What is a warning or worse counts, so that it stays one rule for compiler and format.</summary>
    /// <param name="fix">Whether to change the files instead of only checking them.</param>
    public static string For(bool fix) => "--no-restore --severity warn" + (fix ? string.Empty : " --verify-no-changes");

    /// <summary>Judges the end of <c>dotnet format</c>.</summary>
    /// <param name="exitCode">Its exit code.</param>
    /// <exception cref="BuildFailedException">It found something, or could not run.</exception>
    public static void Require(int exitCode)
    {
        if (exitCode != 0)
        {
            throw new BuildFailedException(
                "The lines named above break a rule of format, style or an analyzer. Run './build.sh Format --fix', look at what it changed, "
                + "and mend by hand what it could not.");
        }
    }
}
