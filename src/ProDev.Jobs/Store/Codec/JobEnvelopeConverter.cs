using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProDev.Jobs;

internal sealed class JobEnvelopeConverter : JsonConverter<JobEnvelope>
{
    public override JobEnvelope Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => EnvelopeDocuments.ToEnvelope(JsonSerializer.Deserialize(ref reader, ContinuationJson.Default.EnvelopeDocument)!);

    public override void Write(Utf8JsonWriter writer, JobEnvelope value, JsonSerializerOptions options)
        => JsonSerializer.Serialize(writer, EnvelopeDocuments.Whole(value), ContinuationJson.Default.EnvelopeDocument);
}
