namespace ProDev.Jobs;

/// <summary>The error texts that are stored with jobs.</summary>
internal static class JobErrors
{
    public static string WorkerLost(int attempt, int maxAttempts)
        => $"Attempt {attempt} of {maxAttempts} never answered: its worker died, hung, or lost its connection until the lease ran out.";

    public static string Expired(DateTimeOffset end)
        => $"The job was not started because it expired at '{end:O}'. If it is still wanted, enqueue it anew.";

    public static string InvalidFollowUp(Exception why)
        => Shorten($"The attempt has ended, but what was to follow the job in its canvas cannot be made or stored: {Describe(why)}");

    public static string SoftTimeLimit(int attempt, TimeSpan limit, string error)
        => Shorten($"Attempt {attempt} was cancelled because it ran longer than its soft time limit, '{limit}', and ended with: {error}");

    public static string HardTimeLimit(int attempt, TimeSpan limit)
        => $"Attempt {attempt} did not end within its hard time limit, '{limit}'. Its code may still run.";

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

    /// <summary>Only the message, if it can be read.</summary>
    public static string? Message(Exception exception)
    {
        try
        {
            return exception.Message;
        }
        catch (Exception)
        {
            return null;
        }
    }

    public static string Shorten(string error)
        => error.Length <= JobConstants.MaxErrorLength ? error : error[..JobConstants.MaxErrorLength];
}
