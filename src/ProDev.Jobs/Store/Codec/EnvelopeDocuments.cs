using System.Text;
using System.Text.Json;

namespace ProDev.Jobs;

/// <summary>Between envelopes and their JSON.</summary>
internal static class EnvelopeDocuments
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = JobConstants.MaxEnvelopeDepth };
    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);
    private static readonly JobEnvelope Defaults = new() { Id = Guid.Empty, Name = "" };

    public static EnvelopeDocument Whole(JobEnvelope job)
    {
        JsonElement arguments = job.ContentType == JobConstants.JsonContentType ? ParseOrDefault(job.Payload) : default;
        return Document(job, new EnvelopeDocument
        {
            Id = job.Id,
            Name = job.Name,
            Arguments = arguments,
            Data = arguments.ValueKind != JsonValueKind.Undefined || job.Payload.IsEmpty ? null : job.Payload.ToArray(),
            Queue = job.Queue == JobConstants.DefaultQueue ? null : job.Queue,
            Priority = job.Priority == JobConstants.LowestPriority ? null : job.Priority,
            MaxAttempts = job.MaxAttempts == JobConstants.DefaultMaxAttempts ? null : job.MaxAttempts,
            IdempotencyKey = job.IdempotencyKey,
        });
    }

    /// <summary>All but what every store has columns for.</summary>
    public static EnvelopeDocument Rest(JobEnvelope job) => Document(job, new EnvelopeDocument());

    public static JobEnvelope ToEnvelope(EnvelopeDocument document) => With(Defaults, document) with
    {
        Id = document.Id ?? throw new JsonException("The job has no id."),
        Name = document.Name ?? throw new JsonException("The job has no name."),
        Payload = document.Data ?? (document.Arguments.ValueKind == JsonValueKind.Undefined ? default : Encoding.UTF8.GetBytes(document.Arguments.GetRawText())),
        Queue = document.Queue ?? JobConstants.DefaultQueue,
        Priority = document.Priority ?? JobConstants.LowestPriority,
        MaxAttempts = document.MaxAttempts ?? JobConstants.DefaultMaxAttempts,
        IdempotencyKey = document.IdempotencyKey,
    };

    /// <summary>The job with the fields of the rest.</summary>
    public static JobEnvelope With(JobEnvelope job, EnvelopeDocument rest) => job with
    {
        Version = rest.Version ?? 1,
        ContentType = rest.ContentType ?? JobConstants.JsonContentType,
        Unique = rest.Unique?.ToKey(),
        Delay = rest.Delay ?? TimeSpan.Zero,
        RunAt = rest.RunAt,
        Expires = rest.Expires,
        ExpiresAt = rest.ExpiresAt,
        Headers = rest.Headers ?? job.Headers,
        TraceParent = rest.TraceParent,
        TraceState = rest.TraceState,
        RootId = rest.RootId,
        ParentId = rest.ParentId,
        SoftTimeLimit = rest.SoftTimeLimit,
        HardTimeLimit = rest.HardTimeLimit,
        IgnoreResult = rest.IgnoreResult ?? false,
        Group = rest.Group is { } group ? Valid(() => new JobGroup(group, rest.GroupLimit ?? 1)) : null,
        Rate = rest.Rate is { } permits ? Valid(() => new JobRate(permits, rest.RatePeriod ?? OneSecond, rest.RateBurst ?? 1)) : null,
        RateKey = rest.RateKey,
        Tags = rest.Tags ?? [],
        Continuation = rest.Continuation,
    };

    private static EnvelopeDocument Document(JobEnvelope job, EnvelopeDocument columns) => new()
    {
        Id = columns.Id,
        Name = columns.Name,
        Arguments = columns.Arguments,
        Data = columns.Data,
        Queue = columns.Queue,
        Priority = columns.Priority,
        MaxAttempts = columns.MaxAttempts,
        IdempotencyKey = columns.IdempotencyKey,
        Version = job.Version == 1 ? null : job.Version,
        ContentType = job.ContentType == JobConstants.JsonContentType ? null : job.ContentType,
        Unique = UniqueDocument.Of(job.Unique),
        Delay = job.Delay == TimeSpan.Zero ? null : job.Delay,
        RunAt = job.RunAt,
        Expires = job.Expires,
        ExpiresAt = job.ExpiresAt,
        Headers = job.Headers.Count == 0 ? null : job.Headers,
        TraceParent = job.TraceParent,
        TraceState = job.TraceState,
        RootId = job.RootId,
        ParentId = job.ParentId,
        SoftTimeLimit = job.SoftTimeLimit,
        HardTimeLimit = job.HardTimeLimit,
        IgnoreResult = job.IgnoreResult ? true : null,
        Group = job.Group?.Key,
        GroupLimit = job.Group is { Limit: > 1 } group ? group.Limit : null,
        Rate = job.Rate?.Permits,
        RatePeriod = job.Rate is { } rate && rate.Period != OneSecond ? rate.Period : null,
        RateBurst = job.Rate is { Burst: > 1 } bucket ? bucket.Burst : null,
        RateKey = job.RateKey,
        Tags = job.Tags.Count == 0 ? null : job.Tags,
        Continuation = job.Continuation,
    };

    private static T Valid<T>(Func<T> create)
    {
        try
        {
            return create();
        }
        catch (ArgumentException e)
        {
            throw new JsonException(e.Message, e);
        }
    }

    // What says that it is JSON and is none travels as bytes: the worker is to find out, and to keep the job with its arguments as a dead letter.
    private static JsonElement ParseOrDefault(ReadOnlyMemory<byte> json)
    {
        if (json.IsEmpty)
            return default;
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, Deep);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
