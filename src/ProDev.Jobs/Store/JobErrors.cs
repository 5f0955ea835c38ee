namespace ProDev.Jobs;

/// <summary>The error texts that are stored with jobs.</summary>
internal static class JobErrors
{
    public static string WorkerLost(int attempt, int maxAttempts)
        => $"Attempt {attempt} of {maxAttempts} never answered: its worker died, hung, or lost its connection until the lease ran out.";

    /// <summary>Exceptions are user code, too: one that fails to describe itself is named by its type.</summary>
    public static string Describe(Exception exception)
    {
        try
        {
            return Shorten(exception.ToString());
        }
        catch (Exception)
        {
            return $"{exception.GetType()} (its text cannot be read)";
        }
    }

    public static string Shorten(string error)
        => error.Length <= JobConstants.MaxErrorLength ? error : error[..JobConstants.MaxErrorLength];
}
