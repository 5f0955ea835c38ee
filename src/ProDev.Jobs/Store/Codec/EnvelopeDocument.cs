using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProDev.Jobs;

/// <summary>An envelope as JSON. What has its default value is left out.</summary>
internal sealed class EnvelopeDocument
{
    [JsonPropertyName("id")]
    public Guid? Id { get; init; }

    [JsonPropertyName("name")]
    public string? Name { get; init; }

    [JsonPropertyName("v")]
    public int? Version { get; init; }

    /// <summary>JSON arguments, readable.</summary>
    /// <summary>Undefined if there are none; the literal null is an argument.</summary>
    [JsonPropertyName("args")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public JsonElement Arguments { get; init; }

    /// <summary>Arguments of any other media type.</summary>
    [JsonPropertyName("data")]
    public byte[]? Data { get; init; }

    [JsonPropertyName("type")]
    public string? ContentType { get; init; }

    [JsonPropertyName("queue")]
    public string? Queue { get; init; }

    [JsonPropertyName("priority")]
    public int? Priority { get; init; }

    [JsonPropertyName("max_attempts")]
    public int? MaxAttempts { get; init; }

    [JsonPropertyName("key")]
    public string? IdempotencyKey { get; init; }

    [JsonPropertyName("unique")]
    public UniqueDocument? Unique { get; init; }

    [JsonPropertyName("delay")]
    public TimeSpan? Delay { get; init; }

    [JsonPropertyName("run_at")]
    public DateTimeOffset? RunAt { get; init; }

    [JsonPropertyName("expires")]
    public TimeSpan? Expires { get; init; }

    [JsonPropertyName("expires_at")]
    public DateTimeOffset? ExpiresAt { get; init; }

    [JsonPropertyName("headers")]
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    [JsonPropertyName("traceparent")]
    public string? TraceParent { get; init; }

    [JsonPropertyName("tracestate")]
    public string? TraceState { get; init; }

    [JsonPropertyName("root")]
    public Guid? RootId { get; init; }

    [JsonPropertyName("parent")]
    public Guid? ParentId { get; init; }

    [JsonPropertyName("soft_limit")]
    public TimeSpan? SoftTimeLimit { get; init; }

    [JsonPropertyName("hard_limit")]
    public TimeSpan? HardTimeLimit { get; init; }

    [JsonPropertyName("ignore_result")]
    public bool? IgnoreResult { get; init; }

    [JsonPropertyName("group")]
    public string? Group { get; init; }

    [JsonPropertyName("group_limit")]
    public int? GroupLimit { get; init; }

    /// <summary>Permits in each period.</summary>
    [JsonPropertyName("rate")]
    public int? Rate { get; init; }

    [JsonPropertyName("rate_period")]
    public TimeSpan? RatePeriod { get; init; }

    [JsonPropertyName("rate_burst")]
    public int? RateBurst { get; init; }

    [JsonPropertyName("rate_key")]
    public string? RateKey { get; init; }

    [JsonPropertyName("tags")]
    public IReadOnlyList<string>? Tags { get; init; }

    [JsonPropertyName("continuation")]
    public JobContinuation? Continuation { get; init; }
}
