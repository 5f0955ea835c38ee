using System.Text.Json;

namespace ProDev.Jobs;

/// <summary>
/// Writes envelopes as JSON and reads them, for stores and brokers. What has its default value is left out, so that most jobs need little or
/// nothing; fields that a later version adds need no new schema. Thread-safe.
/// </summary>
public static class JobEnvelopeCodec
{
    /// <summary>Writes everything.</summary>
    /// <param name="job">
    /// The job. Its arguments, if they are JSON, are written as JSON, which may change spaces and the form of escapes; all others are written as bytes.
    /// </param>
    /// <returns>UTF-8 JSON.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="job"/> is null.</exception>
    public static byte[] Write(JobEnvelope job)
    {
        ArgumentNullException.ThrowIfNull(job);
        return JsonSerializer.SerializeToUtf8Bytes(EnvelopeDocuments.Whole(job), ContinuationJson.Default.EnvelopeDocument);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    /// <returns>The job.</returns>
    /// <exception cref="JsonException">It is no envelope.</exception>
    public static JobEnvelope Read(ReadOnlySpan<byte> json)
        => EnvelopeDocuments.ToEnvelope(
            JsonSerializer.Deserialize(json, ContinuationJson.Default.EnvelopeDocument) ?? throw new JsonException("The job is the JSON literal null."));

    /// <summary>
    /// Writes what a store has no column for: all but <see cref="JobEnvelope.Id"/>, <see cref="JobEnvelope.Name"/>,
    /// <see cref="JobEnvelope.Payload"/>, <see cref="JobEnvelope.Queue"/>, <see cref="JobEnvelope.Priority"/>,
    /// <see cref="JobEnvelope.MaxAttempts"/> and <see cref="JobEnvelope.IdempotencyKey"/>.
    /// </summary>
    /// <param name="job">The job.</param>
    /// <returns>JSON, or <see langword="null"/> when all of it has its default value.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="job"/> is null.</exception>
    public static string? WriteRest(JobEnvelope job)
    {
        ArgumentNullException.ThrowIfNull(job);
        return HasRest(job) ? JsonSerializer.Serialize(EnvelopeDocuments.Rest(job), ContinuationJson.Default.EnvelopeDocument) : null;
    }

    /// <summary>Adds to the columns of a job what <see cref="WriteRest"/> wrote.</summary>
    /// <param name="job">The job with the fields that have columns.</param>
    /// <param name="rest">The JSON; <see langword="null"/> changes nothing.</param>
    /// <returns>The whole job.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="job"/> is null.</exception>
    /// <exception cref="JsonException">It is not what <see cref="WriteRest"/> writes.</exception>
    public static JobEnvelope WithRest(JobEnvelope job, string? rest)
    {
        ArgumentNullException.ThrowIfNull(job);
        return rest is null
            ? job
            : EnvelopeDocuments.With(
                job, JsonSerializer.Deserialize(rest, ContinuationJson.Default.EnvelopeDocument) ?? throw new JsonException("The rest is the JSON literal null."));
    }

    private static bool HasRest(JobEnvelope job)
        => job.Version != 1 || job.ContentType != JobConstants.JsonContentType || job.Delay != TimeSpan.Zero || job.RunAt is not null
            || job.Expires is not null || job.ExpiresAt is not null || job.Headers.Count > 0 || job.TraceParent is not null
            || job.TraceState is not null || job.RootId is not null || job.ParentId is not null || job.SoftTimeLimit is not null
            || job.HardTimeLimit is not null || job.IgnoreResult || job.Group is not null || job.Rate is not null || job.RateKey is not null
            || job.Tags.Count > 0 || job.Continuation is not null || job.Unique is not null;
}
