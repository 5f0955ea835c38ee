namespace ProDev.Jobs;

/// <summary>Every default and limit of the package, in one place for code, docs and tests.</summary>
internal static class JobConstants
{
    public const string DefaultQueue = "default";
    public const int DefaultMaxAttempts = 5;
    public const int LowestPriority = 0;
    public const int HighestPriority = 9;
    public const int MaxNameLength = 128;
    public const int MaxIdempotencyKeyLength = 256;
    public const int MaxUniqueKeyLength = 256;
    public const int MaxLimitKeyLength = 256;
    public const int DefaultMaxPayloadBytes = 1024 * 1024;
    public const int MaxErrorLength = 8 * 1024;
    public const string HealthCheckName = "prodev-jobs";

    /// <summary>How deep the JSON of an envelope may be nested.</summary>
    public const int MaxEnvelopeDepth = 512;

    /// <summary>
    /// How deep what follows a job may be nested when it is enqueued. Half, because it becomes deeper when a group begins: what is beside the group goes into its members.
    /// </summary>
    public const int MaxCanvasDepth = MaxEnvelopeDepth / 2;
    public const string JsonContentType = "application/json";

    public const int DefaultMaxCatchUp = 100;
    public const int MaxCatchUp = 1000;
    public const string UtcTimeZone = "UTC";
    public const string ScheduleHeader = "prodev-schedule";
    public const string ScheduledAtHeader = "prodev-scheduled-at";

    public static readonly TimeSpan DefaultRetention = TimeSpan.FromDays(1);
    public static readonly TimeSpan DefaultLease = TimeSpan.FromSeconds(30);
    public static readonly TimeSpan DefaultPollInterval = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan DefaultBaseDelay = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan DefaultMaxDelay = TimeSpan.FromMinutes(5);
    public static readonly TimeSpan DefaultHealthTimeout = TimeSpan.FromSeconds(5);
    public static readonly TimeSpan MaxTimeLimit = TimeSpan.FromDays(30);
    public static readonly TimeSpan ScheduleGrace = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan SchedulerLease = TimeSpan.FromSeconds(15);
    public static readonly TimeSpan MinInterval = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan MaxScheduleAhead = TimeSpan.FromDays(3650);
}
