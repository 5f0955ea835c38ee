namespace ProDev.Jobs;

/// <summary>The rules for uniqueness that client, registration and store checks share. The generator checks the same ones.</summary>
internal static class UniqueRules
{
    public static void Check(JobUniqueness unique, string parameter)
    {
        if (unique.Kind != UniqueBy.Nothing)
            Check(unique.Period, unique.States, unique.OnConflict, parameter);
    }

    public static void Check(JobUniqueKey unique, string parameter)
    {
        if (string.IsNullOrWhiteSpace(unique.Key) || unique.Key.Length > JobConstants.MaxUniqueKeyLength)
        {
            throw new ArgumentException(
                $"The unique key '{unique.Key}' has {unique.Key?.Length ?? 0} characters. Allowed are 1 to {JobConstants.MaxUniqueKeyLength}, not only spaces.",
                parameter);
        }

        Check(unique.Period, unique.States, unique.OnConflict, parameter);
    }

    private static void Check(TimeSpan? period, JobUniqueStates states, JobConflict onConflict, string parameter)
    {
        if (period <= TimeSpan.Zero || period > JobConstants.MaxScheduleAhead)
        {
            throw new ArgumentException(
                $"The Period of a unique job is '{period}'. Set it to more than zero and at most ten years, or to null for no limit.", parameter);
        }

        if (states == JobUniqueStates.None || (states & ~JobUniqueStates.All) != JobUniqueStates.None)
        {
            throw new ArgumentException(
                $"The States of a unique job are '{states}'. Name at least one of Scheduled, Queued, Running, Succeeded, DeadLettered, Revoked.", parameter);
        }

        if (onConflict is not (JobConflict.Skip or JobConflict.Replace or JobConflict.Reschedule))
            throw new ArgumentException($"The OnConflict of a unique job is '{onConflict}'. Allowed are Skip, Replace and Reschedule.", parameter);
        if (onConflict != JobConflict.Skip && (states & JobUniqueStates.Waiting) == JobUniqueStates.None)
        {
            throw new ArgumentException(
                $"The OnConflict of a unique job is '{onConflict}', which concerns jobs that wait, but its States are '{states}'. Add Scheduled or Queued, or set " +
                "OnConflict to Skip.",
                parameter);
        }
    }
}
