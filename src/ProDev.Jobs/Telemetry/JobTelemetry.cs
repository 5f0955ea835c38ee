using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ProDev.Jobs;

/// <summary>The instruments of the package. Names and tags follow OpenTelemetry's conventions for messaging; what they do not know begins with <c>prodev</c>.</summary>
internal static class JobTelemetry
{
    /// <summary>The name of the meter and of the activity source, and the value of <c>messaging.system</c>.</summary>
    public const string SourceName = "ProDev.Jobs";

    public const string SystemTag = "messaging.system";
    public const string OperationNameTag = "messaging.operation.name";
    public const string OperationTypeTag = "messaging.operation.type";
    public const string QueueTag = "messaging.destination.name";
    public const string MessageIdTag = "messaging.message.id";
    public const string BatchTag = "messaging.batch.message_count";
    public const string ErrorTag = "error.type";
    public const string JobTag = "prodev.job.name";
    public const string AttemptTag = "prodev.job.attempt";
    public const string OutcomeTag = "prodev.job.outcome";
    public const string ReasonTag = "prodev.job.dead_letter_reason";

    public const string ScheduleTag = "prodev.schedule.name";
    public const string OccurrenceOutcomeTag = "prodev.schedule.outcome";

    public static readonly ActivitySource Activities = new(SourceName);

    private static readonly Meter Meter = new(SourceName);

    public static readonly Histogram<double> SendDuration = Meter.CreateHistogram<double>(
        "messaging.client.operation.duration", "s", "How long it took to enqueue, until the store confirmed.");

    public static readonly Counter<long> Sent = Meter.CreateCounter<long>(
        "messaging.client.sent.messages", "{message}", "Jobs that were to be enqueued.");

    public static readonly Counter<long> Consumed = Meter.CreateCounter<long>(
        "messaging.client.consumed.messages", "{message}", "Attempts that were started.");

    public static readonly Histogram<double> ProcessDuration = Meter.CreateHistogram<double>(
        "messaging.process.duration", "s", "How long attempts took.");

    public static readonly UpDownCounter<long> Running = Meter.CreateUpDownCounter<long>(
        "prodev.jobs.running", "{job}", "Attempts that run now.");

    public static readonly Counter<long> Outcomes = Meter.CreateCounter<long>(
        "prodev.jobs.outcomes", "{job}", "What became of leased jobs: succeeded, retried, dead_lettered, returned, revoked, or refused by the store.");

    public static readonly Counter<long> Occurrences = Meter.CreateCounter<long>(
        "prodev.jobs.occurrences", "{occurrence}", "What became of occurrences of schedules: enqueued, skipped, or missed (counted once for all in a row).");

    public static TagList Tags(string operation, string type, string? queue, string job, string? error)
    {
        TagList tags = default;
        tags.Add(SystemTag, SourceName);
        tags.Add(OperationNameTag, operation);
        tags.Add(OperationTypeTag, type);
        if (queue is not null)
            tags.Add(QueueTag, queue);
        tags.Add(JobTag, job);
        if (error is not null)
            tags.Add(ErrorTag, error);
        return tags;
    }

    public static Activity Describe(this Activity activity, string operation, string type, string job) => activity
        .SetTag(SystemTag, SourceName)
        .SetTag(OperationNameTag, operation)
        .SetTag(OperationTypeTag, type)
        .SetTag(JobTag, job);

    /// <summary>Marks the operation as failed.</summary>
    public static void Fail(this Activity activity, string error, string? description)
        => activity.SetTag(ErrorTag, error).SetStatus(ActivityStatusCode.Error, description);
}
