using System.Buffers;
using System.Text.Json;

namespace ProDev.Jobs;

/// <summary>Makes the job of a step what it is when it is enqueued: with its input, and with what follows it.</summary>
internal static class StepArguments
{
    public static JobEnvelope Enqueued(JobStep step, ReadOnlyMemory<byte> input, JobContinuation? continuation, JobLineage lineage)
    {
        JobEnvelope job = step.Job!;
        return job with
        {
            Payload = step.Input switch
            {
                JobStepInput.Arguments => input,
                JobStepInput.Member => WithMember(job.Payload, step.InputMember!, input),
                _ => job.Payload,
            },
            RootId = lineage.RootId ?? job.Id,
            ParentId = lineage.ParentId,
            TraceParent = lineage.TraceParent,
            TraceState = lineage.TraceState,
            Continuation = Joined(job.Continuation, continuation),
        };
    }

    // The step's own callbacks, and what the chain goes on with.
    private static JobContinuation? Joined(JobContinuation? own, JobContinuation? chain)
    {
        if (own is null)
            return chain is null or { Next.Count: 0, Join: null } ? null : chain;
        return new JobContinuation
        {
            Callbacks = own.Callbacks,
            ErrorCallbacks = own.ErrorCallbacks,
            Next = chain?.Next ?? [],
            Join = chain?.Join,
        };
    }

    private static byte[] WithMember(ReadOnlyMemory<byte> arguments, string member, ReadOnlyMemory<byte> value)
    {
        using JsonDocument own = JsonDocument.Parse(arguments);
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (JsonProperty property in own.RootElement.EnumerateObject().Where(p => p.Name != member))
                property.WriteTo(writer);
            writer.WritePropertyName(member);
            writer.WriteRawValue(value.Span);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
