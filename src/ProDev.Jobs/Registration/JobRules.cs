namespace ProDev.Jobs;

/// <summary>The rules for names and numbers that client, registration and store checks share. The generator checks the same ones.</summary>
internal static class JobRules
{
    private const string AllowedCharacters =
        "Allowed are 1 to 128 of: letters A-Z and a-z, digits, '.', '-', '_'; the first one a letter or digit.";

    public static bool IsName(string? name)
    {
        if (string.IsNullOrEmpty(name) || name.Length > JobConstants.MaxNameLength || !char.IsAsciiLetterOrDigit(name[0]))
            return false;
        foreach (char c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or '-' or '_'))
                return false;
        }

        return true;
    }

    public static void CheckJobName(string name, string parameter)
    {
        if (!IsName(name))
            throw new ArgumentException($"The job name '{name}' is malformed. {AllowedCharacters}", parameter);
    }

    public static void CheckQueue(string queue, string parameter)
    {
        if (!IsName(queue))
            throw new ArgumentException($"The queue name '{queue}' is malformed. {AllowedCharacters}", parameter);
    }

    public static void CheckStepName(string name, string parameter)
    {
        if (!IsName(name))
            throw new ArgumentException($"The step name '{name}' is malformed. {AllowedCharacters}", parameter);
    }

    public static void CheckVersion(int version, string parameter)
    {
        if (version < 1)
            throw new ArgumentOutOfRangeException(parameter, version, $"Version is '{version}'. Versions begin with 1.");
    }

    public static void CheckTimeLimits(string job, TimeSpan? soft, TimeSpan? hard, string parameter)
    {
        CheckTimeLimit("SoftTimeLimit", soft, parameter);
        CheckTimeLimit("HardTimeLimit", hard, parameter);
        if (soft >= hard)
        {
            throw new ArgumentException(
                $"The SoftTimeLimit of the job '{job}' is '{soft}', which is not shorter than its HardTimeLimit, '{hard}'. " +
                "Leave the job some time to end in order.",
                parameter);
        }
    }

    public static void CheckIdempotencyKey(string key, string parameter)
    {
        if (string.IsNullOrWhiteSpace(key) || key.Length > JobConstants.MaxIdempotencyKeyLength)
        {
            throw new ArgumentException(
                $"The idempotency key '{key}' has {key.Length} characters. Allowed are 1 to {JobConstants.MaxIdempotencyKeyLength}, not only spaces.",
                parameter);
        }
    }

    public static void CheckLimitKey(string what, string key, string parameter)
    {
        if (string.IsNullOrWhiteSpace(key) || key.Length > JobConstants.MaxLimitKeyLength)
        {
            throw new ArgumentException(
                $"The {what} key '{key}' has {key.Length} characters. Allowed are 1 to {JobConstants.MaxLimitKeyLength}, not only spaces.", parameter);
        }
    }

    public static void CheckMaxAttempts(int maxAttempts, string parameter)
    {
        if (maxAttempts < 1)
        {
            throw new ArgumentOutOfRangeException(
                parameter, maxAttempts, $"MaxAttempts is '{maxAttempts}', but the first attempt counts too. Set it to 1 (no retry) or more.");
        }
    }

    private static void CheckTimeLimit(string limit, TimeSpan? value, string parameter)
    {
        if (value <= TimeSpan.Zero || value > JobConstants.MaxTimeLimit)
        {
            throw new ArgumentOutOfRangeException(
                parameter, value, $"{limit} is '{value}'. Set it to more than zero and at most 30 days, or leave it out.");
        }
    }
}
