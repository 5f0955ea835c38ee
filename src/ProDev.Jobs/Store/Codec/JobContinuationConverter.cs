using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProDev.Jobs;

internal sealed class JobContinuationConverter : JsonConverter<JobContinuation>
{
    public override JobContinuation Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        ContinuationDocument document = JsonSerializer.Deserialize(ref reader, ContinuationJson.Default.ContinuationDocument)!;
        return new JobContinuation
        {
            Next = document.Next ?? [],
            Callbacks = document.Callbacks ?? [],
            ErrorCallbacks = document.ErrorCallbacks ?? [],
            Join = document.Join,
        };
    }

    public override void Write(Utf8JsonWriter writer, JobContinuation value, JsonSerializerOptions options)
    {
        var document = new ContinuationDocument
        {
            Next = value.Next.Count == 0 ? null : value.Next,
            Callbacks = value.Callbacks.Count == 0 ? null : value.Callbacks,
            ErrorCallbacks = value.ErrorCallbacks.Count == 0 ? null : value.ErrorCallbacks,
            Join = value.Join,
        };
        JsonSerializer.Serialize(writer, document, ContinuationJson.Default.ContinuationDocument);
    }
}
