using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProDev.Jobs.PostgreSql;

/// <summary>The part of an envelope that no query looks at, as one JSON column: later fields need no new schema.</summary>
internal sealed record EnvelopeExtra
{
    private const string Json = "application/json";

    private static readonly EnvelopeExtra Nothing = new();
    private static readonly IReadOnlyDictionary<string, string> NoHeaders = new Dictionary<string, string>(StringComparer.Ordinal);

    [JsonPropertyName("v")]
    public int Version { get; init; } = 1;

    [JsonPropertyName("type")]
    public string? ContentType { get; init; }

    [JsonPropertyName("headers")]
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    [JsonPropertyName("traceparent")]
    public string? TraceParent { get; init; }

    [JsonPropertyName("tracestate")]
    public string? TraceState { get; init; }

    [JsonPropertyName("expires")]
    public TimeSpan? Expires { get; init; }

    [JsonPropertyName("expires_at")]
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>As asked for; the column run_at is what came of it.</summary>
    [JsonPropertyName("delay")]
    public TimeSpan? Delay { get; init; }

    /// <inheritdoc cref="Delay"/>
    [JsonPropertyName("run_at")]
    public DateTimeOffset? RunAt { get; init; }

    [JsonIgnore]
    public string ContentTypeOrJson => ContentType ?? Json;

    [JsonIgnore]
    public IReadOnlyDictionary<string, string> HeadersOrNone => Headers ?? NoHeaders;

    /// <summary>Returns <see langword="null"/> when there is nothing to keep.</summary>
    public static string? Write(JobEnvelope envelope)
    {
        var extra = new EnvelopeExtra
        {
            Version = envelope.Version,
            ContentType = envelope.ContentType == Json ? null : envelope.ContentType,
            Headers = envelope.Headers.Count == 0 ? null : envelope.Headers,
            TraceParent = envelope.TraceParent,
            TraceState = envelope.TraceState,
            Expires = envelope.Expires,
            ExpiresAt = envelope.ExpiresAt,
            Delay = envelope.Delay == TimeSpan.Zero ? null : envelope.Delay,
            RunAt = envelope.RunAt,
        };
        return extra == Nothing ? null : JsonSerializer.Serialize(extra, EnvelopeExtraJson.Default.EnvelopeExtra);
    }

    public static EnvelopeExtra Read(string? json)
        => json is null ? Nothing : JsonSerializer.Deserialize(json, EnvelopeExtraJson.Default.EnvelopeExtra) ?? Nothing;
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EnvelopeExtra))]
internal sealed partial class EnvelopeExtraJson : JsonSerializerContext;
