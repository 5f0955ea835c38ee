using System.Diagnostics;
using System.Text.Json;

namespace ProDev.Jobs;

/// <summary>Turns arguments and options into an envelope, and refuses what no store could keep.</summary>
internal sealed class EnvelopeFactory(JobsOptions options, TimeProvider time)
{
    public JobEnvelope Create<TArgs>(JobBinding binding, TArgs args, EnqueueOptions enqueue)
        where TArgs : notnull
    {
        DateTimeOffset now = time.GetUtcNow();
        Check(enqueue, now);
        Activity? caller = Activity.Current;
        return new JobEnvelope
        {
            Id = Guid.CreateVersion7(now),
            Name = binding.Definition.Name,
            Payload = Serialize(binding, args),
            Queue = enqueue.Queue ?? binding.Definition.Queue,
            Priority = enqueue.Priority,
            MaxAttempts = enqueue.MaxAttempts ?? binding.Definition.MaxAttempts,
            Delay = enqueue.Delay ?? TimeSpan.Zero,
            RunAt = enqueue.RunAt,
            IdempotencyKey = enqueue.IdempotencyKey,
            TraceParent = caller is { IdFormat: ActivityIdFormat.W3C } ? caller.Id : null,
            TraceState = caller?.TraceStateString,
        };
    }

    private byte[] Serialize<TArgs>(JobBinding binding, TArgs args)
    {
        byte[] payload;
        try
        {
            payload = JsonSerializer.SerializeToUtf8Bytes(args, JobJson.TypeInfo<TArgs>(options.SerializerOptions));
        }
        catch (Exception e) when (e is NotSupportedException or JsonException or InvalidOperationException)
        {
            throw new ArgumentException(
                $"The arguments of job '{binding.Definition.Name}' (type '{typeof(TArgs)}') cannot be serialised: {e.Message}", nameof(args), e);
        }

        return payload.Length <= options.MaxPayloadBytes
            ? payload
            : throw new ArgumentException(
                $"The arguments of job '{binding.Definition.Name}' take '{payload.Length}' bytes as JSON; at most {options.MaxPayloadBytes} are " +
                "allowed. Keep the data elsewhere and enqueue its key, or raise JobsOptions.MaxPayloadBytes.",
                nameof(args));
    }

    private static void Check(EnqueueOptions enqueue, DateTimeOffset now)
    {
        if (enqueue.Delay is not null && enqueue.RunAt is not null)
        {
            throw new ArgumentException(
                $"Both EnqueueOptions.Delay ('{enqueue.Delay}') and EnqueueOptions.RunAt ('{enqueue.RunAt:O}') are set. Set one of them.",
                nameof(enqueue));
        }

        if (enqueue.Delay < TimeSpan.Zero)
            throw new ArgumentException($"EnqueueOptions.Delay is '{enqueue.Delay}'. Set it to zero or more.", nameof(enqueue));
        if (enqueue.Delay > JobConstants.MaxScheduleAhead)
            throw new ArgumentException($"EnqueueOptions.Delay is '{enqueue.Delay}'. At most ten years are allowed.", nameof(enqueue));
        if (enqueue.RunAt - now > JobConstants.MaxScheduleAhead)
            throw new ArgumentException($"EnqueueOptions.RunAt is '{enqueue.RunAt:O}'. At most ten years from now are allowed.", nameof(enqueue));
    }
}
