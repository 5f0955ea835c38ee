namespace ProDev.Jobs;

/// <summary>Finds time zones by the names that mean the same on every system.</summary>
internal static class TimeZones
{
    public static TimeZoneInfo Find(string schedule, string id)
    {
        if (!string.IsNullOrWhiteSpace(id) && TimeZoneInfo.TryFindSystemTimeZoneById(id, out TimeZoneInfo? zone) && zone.HasIanaId)
            return zone;

        throw new ArgumentException(
            $"The schedule '{schedule}' has the time zone '{id}', which this system does not know. Allowed are the ids of the IANA time zone database, " +
            "such as 'Europe/Berlin' or 'UTC'. If the id is right, install the system's time zone data (tzdata).",
            nameof(id));
    }
}
