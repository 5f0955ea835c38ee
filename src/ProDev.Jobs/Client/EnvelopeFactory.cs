using System.Diagnostics;
using System.Text.Json;

namespace ProDev.Jobs;

/// <summary>Turns arguments and options into an envelope, and refuses what no store could keep.</summary>
internal sealed class EnvelopeFactory(JobsOptions options, TimeProvider time)
{
    public JobEnvelope Create<TArgs>(JobBinding binding, TArgs args, EnqueueOptions enqueue)
        where TArgs : notnull
        => Create(binding, enqueue, Serialize(binding, args));

    /// <summary>Creates a job whose arguments are there already, or will come from the job before it.</summary>
    public JobEnvelope Create(JobBinding binding, EnqueueOptions enqueue, byte[] payload)
    {
        DateTimeOffset now = time.GetUtcNow();
        Check(enqueue, now);
        CheckExpiry(enqueue, now);
        JobRate? rate = enqueue.Rate ?? binding.Definition.Rate;
        CheckRateKey(binding, rate, enqueue.RateKey, nameof(enqueue));
        JobRules.CheckTimeLimits(binding.Definition.Name, enqueue.SoftTimeLimit, enqueue.HardTimeLimit, nameof(enqueue));
        Activity? caller = Activity.Current;
        string queue = enqueue.Queue ?? binding.Definition.Queue;
        return new JobEnvelope
        {
            Id = Guid.CreateVersion7(now),
            Name = binding.Definition.Name,
            Version = binding.Definition.Version,
            Payload = payload,
            Queue = queue,
            Priority = enqueue.Priority,
            MaxAttempts = enqueue.MaxAttempts ?? binding.Definition.MaxAttempts,
            Delay = enqueue.Delay ?? TimeSpan.Zero,
            RunAt = enqueue.RunAt,
            Expires = enqueue.Expires,
            ExpiresAt = enqueue.ExpiresAt,
            IdempotencyKey = enqueue.IdempotencyKey,
            Unique = Unique(binding, enqueue.Unique, queue, payload),
            TraceParent = caller is { IdFormat: ActivityIdFormat.W3C } ? caller.Id : null,
            TraceState = caller?.TraceStateString,
            SoftTimeLimit = enqueue.SoftTimeLimit,
            HardTimeLimit = enqueue.HardTimeLimit,
            Group = enqueue.Group,
            Rate = rate,
            RateKey = enqueue.RateKey,
            IgnoreResult = enqueue.IgnoreResult,
            Headers = enqueue.Headers.Count == 0 ? NoHeaders : new Dictionary<string, string>(enqueue.Headers, StringComparer.Ordinal),
            Tags = enqueue.Tags.Count == 0 ? [] : [.. enqueue.Tags],
        };
    }

    /// <summary>What a schedule keeps of its jobs: no id, no trace.</summary>
    public JobEnvelope CreateForSchedule<TArgs>(JobBinding binding, TArgs args, ScheduleOptions schedule)
        where TArgs : notnull
    {
        byte[] payload = Serialize(binding, args);
        string queue = schedule.Queue ?? binding.Definition.Queue;
        JobRate? rate = schedule.Rate ?? binding.Definition.Rate;
        CheckRateKey(binding, rate, schedule.RateKey, nameof(schedule));
        return new JobEnvelope
        {
            Id = Guid.Empty,
            Name = binding.Definition.Name,
            Version = binding.Definition.Version,
            Payload = payload,
            Queue = queue,
            Priority = schedule.Priority,
            MaxAttempts = schedule.MaxAttempts ?? binding.Definition.MaxAttempts,
            Expires = schedule.Expires,
            Unique = Unique(binding, rule: null, queue, payload),
            Group = schedule.Group,
            Rate = rate,
            RateKey = schedule.RateKey,
        };
    }

    private JobUniqueKey? Unique(JobBinding binding, JobUniqueness? rule, string queue, byte[] payload)
    {
        if (rule is not null)
            UniqueRules.Check(rule, nameof(rule));
        return (rule ?? binding.Definition.Unique) is { } unique
            ? UniqueKeys.Create(unique, binding, queue, payload, options.SerializerOptions)
            : null;
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

    private static void CheckExpiry(EnqueueOptions enqueue, DateTimeOffset now)
    {
        if (enqueue.Expires is not null && enqueue.ExpiresAt is not null)
        {
            throw new ArgumentException(
                $"Both EnqueueOptions.Expires ('{enqueue.Expires}') and EnqueueOptions.ExpiresAt ('{enqueue.ExpiresAt:O}') are set. Set one of them.",
                nameof(enqueue));
        }

        if (enqueue.Expires <= TimeSpan.Zero)
            throw new ArgumentException($"EnqueueOptions.Expires is '{enqueue.Expires}'. Set it to more than zero.", nameof(enqueue));
        if (enqueue.Expires > JobConstants.MaxScheduleAhead)
            throw new ArgumentException($"EnqueueOptions.Expires is '{enqueue.Expires}'. At most ten years are allowed.", nameof(enqueue));

        DateTimeOffset start = enqueue.RunAt ?? now + (enqueue.Delay ?? TimeSpan.Zero);
        DateTimeOffset? end = enqueue.ExpiresAt ?? now + enqueue.Expires;
        if (start > now && end <= start)
        {
            throw new ArgumentException(
                $"The job would expire at '{end:O}', before it may run at '{start:O}'. Let it expire later, or run earlier.", nameof(enqueue));
        }
    }

    private static void CheckRateKey(JobBinding binding, JobRate? rate, string? key, string parameter)
    {
        if (key is null)
            return;
        JobRules.CheckLimitKey("rate", key, parameter);
        if (rate is null)
        {
            throw new ArgumentException(
                $"The job '{binding.Definition.Name}' has the rate key '{key}', but no rate. Set Rate, or [Job(RateLimit = ...)], or leave the key out.",
                parameter);
        }
    }

    private static readonly IReadOnlyDictionary<string, string> NoHeaders = new Dictionary<string, string>(StringComparer.Ordinal);
}
