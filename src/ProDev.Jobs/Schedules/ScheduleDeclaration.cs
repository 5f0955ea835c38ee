using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ProDev.Jobs;

/// <summary>What a program says about one schedule. Becomes a <see cref="JobSchedule"/> when registry and serialiser are known.</summary>
internal abstract class ScheduleDeclaration(string name, ScheduleOptions options)
{
    public string Name { get; } = name;

    public string? Cron { get; init; }

    public TimeSpan? Interval { get; init; }

    public DateTimeOffset? Anchor { get; } = options.Anchor is { } anchor ? Moments.Floor(anchor) : null;

    protected ScheduleOptions Options { get; } = options;

    /// <summary>The schedule without times; they depend on what is stored and on the store's clock.</summary>
    public JobSchedule ToSchedule(JobRegistry registry, EnvelopeFactory envelopes) => new()
    {
        Name = Name,
        Cron = Cron,
        Interval = Interval,
        Anchor = Anchor ?? default,
        TimeZone = Options.TimeZone ?? JobConstants.UtcTimeZone,
        Overlap = Options.Overlap,
        CatchUp = Options.CatchUp,
        MaxCatchUp = Options.MaxCatchUp,
        Job = CreateJob(registry, envelopes),
    };

    /// <summary>Changes exactly when the declaration does.</summary>
    public string Hash(JobSchedule schedule)
    {
        JobEnvelope job = schedule.Job;
        object?[] parts =
        [
            schedule.Cron, schedule.Interval?.Ticks, Anchor?.UtcTicks, schedule.TimeZone, (int)schedule.Overlap, (int)schedule.CatchUp, schedule.MaxCatchUp,
            job.Name, job.Version, job.Queue, job.Priority, job.MaxAttempts, job.Expires?.Ticks, Convert.ToHexString(job.Payload.Span),

            // Only where they are used, so that the hash of a declaration without them stays what it was.
            .. job.Group is { } group ? new object?[] { "group", group.Key, group.Limit } : [],
            .. job.Rate is { } rate ? new object?[] { "rate", rate.Permits, rate.Period.Ticks, rate.Burst, job.RateKey } : [],
        ];

        // Left out where there is none: a declaration of before must not look like a new one.
        if (job.Unique is { } unique)
            parts = [.. parts, unique.Key, unique.Period?.Ticks, (int)unique.States, (int)unique.OnConflict];
        string text = string.Join('\n', parts.Select(static p => Convert.ToString(p, CultureInfo.InvariantCulture)));
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
    }

    protected abstract JobEnvelope CreateJob(JobRegistry registry, EnvelopeFactory envelopes);
}
