namespace ProDev.Jobs;

/// <summary>The error texts that are stored with jobs.</summary>
internal static class JobErrors
{
    public static string WorkerLost(int attempt, int maxAttempts)
        => $"Attempt {attempt} of {maxAttempts} never answered: its worker died, hung, or lost its connection until the lease ran out.";

    public static string Shorten(string error)
        => error.Length <= JobConstants.MaxErrorLength ? error : error[..JobConstants.MaxErrorLength];
}
