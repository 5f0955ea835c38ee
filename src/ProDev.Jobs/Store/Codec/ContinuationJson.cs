using System.Text.Json.Serialization;

namespace ProDev.Jobs;

/// <summary>The JSON of everything that the core itself stores.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    MaxDepth = JobConstants.MaxEnvelopeDepth,
    Converters = [typeof(JobEnvelopeConverter), typeof(JobContinuationConverter)])]
[JsonSerializable(typeof(EnvelopeDocument))]
[JsonSerializable(typeof(ContinuationDocument))]
[JsonSerializable(typeof(JobFailure))]
[JsonSerializable(typeof(JobProgress))]
internal sealed partial class ContinuationJson : JsonSerializerContext;
