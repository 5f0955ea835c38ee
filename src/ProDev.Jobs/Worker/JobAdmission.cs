using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace ProDev.Jobs;

/// <summary>Finds what a fetched job needs to be started, or says why it cannot be. What cannot be started now cannot be later either.</summary>
internal sealed class JobAdmission(JobRegistry registry, JobUpcasters upcasters, JobsOptions options, TimeProvider time, ILogger logger)
{
    /// <summary>Returns false with a dead letter as <paramref name="refusal"/>.</summary>
    public bool TryAdmit(
        HeldJob held, [NotNullWhen(true)] out JobBinding? binding, [NotNullWhen(true)] out object? args, out JobOutcome refusal)
    {
        JobEnvelope envelope = held.Job.Envelope;
        args = null;
        refusal = default;
        if (!registry.TryFind(envelope.Name, out binding))
        {
            logger.UnknownJob(envelope.Name, envelope.Id, envelope.Queue);
            refusal = JobOutcome.Dead(held, DeadLetterReason.UnknownJob,
                $"No job named '{envelope.Name}' is registered in the worker that serves the queue '{envelope.Queue}'. " +
                "Deploy a worker that registers it, then replay the job.");
            return false;
        }

        if (Expiry.HasPassed(held, time, out DateTimeOffset end))
        {
            logger.Expired(envelope.Name, envelope.Id, end);
            refusal = JobOutcome.Dead(held, DeadLetterReason.Expired, JobErrors.Expired(end));
            return false;
        }

        if (upcasters.Obstacle(binding.Definition, envelope.Version) is { } obstacle)
        {
            logger.UnknownVersion(envelope.Name, envelope.Id, envelope.Version, binding.Definition.Version);
            refusal = JobOutcome.Dead(held, DeadLetterReason.UnknownVersion, obstacle);
            return false;
        }

        try
        {
            ReadOnlyMemory<byte> payload = upcasters.Upcast(binding.Definition, envelope, options.SerializerOptions);
            args = binding.ReadArguments(payload, options.SerializerOptions);
            return true;
        }
        catch (Exception e)
        {
            // Converters and upcasters are user code and may throw anything; trying again would not change what is stored.
            logger.InvalidArguments(envelope.Name, envelope.Id, e);
            refusal = JobOutcome.Dead(held, DeadLetterReason.InvalidArguments, JobErrors.Shorten(e.Message));
            return false;
        }
    }
}
