namespace ProDev.Jobs;

/// <summary>Moments as schedules know them.</summary>
internal static class Moments
{
    /// <summary>The last whole millisecond, in UTC: what every store can keep.</summary>
    public static DateTimeOffset Floor(DateTimeOffset moment)
        => new(moment.UtcTicks - (moment.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
}
