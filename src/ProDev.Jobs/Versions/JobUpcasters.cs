using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ProDev.Jobs;

/// <summary>All registered upcasters, by job and version. Immutable.</summary>
internal sealed class JobUpcasters
{
    private readonly Dictionary<(string Name, int Version), IJobUpcaster> _steps = [];

    public JobUpcasters(IEnumerable<IJobUpcaster> upcasters)
    {
        foreach (IJobUpcaster upcaster in upcasters)
            Add(upcaster);
    }

    /// <summary>Says why arguments of this version cannot become those of the job's version; <see langword="null"/> if they can.</summary>
    public string? Obstacle(JobDefinition job, int version)
    {
        if (version > job.Version)
        {
            return $"The arguments of job '{job.Name}' have the version '{version}', but this worker knows versions up to {job.Version}. " +
                "Update the worker, then replay the job.";
        }

        for (int step = version; step < job.Version; step++)
        {
            if (!_steps.ContainsKey((job.Name, step)))
            {
                return $"The arguments of job '{job.Name}' have the version '{version}', and no IJobUpcaster is registered that makes version " +
                    $"{step + 1} of version {step}. Register it with AddJobUpcaster<T>(), then replay the job.";
            }
        }

        return null;
    }

    /// <summary>Brings arguments to the job's version; those that have it come back as they are. Only after <see cref="Obstacle"/> found none.</summary>
    public ReadOnlyMemory<byte> Upcast(JobDefinition job, JobEnvelope envelope, JsonSerializerOptions options)
    {
        if (envelope.Version == job.Version)
            return envelope.Payload;

        var reading = new JsonDocumentOptions
        {
            MaxDepth = options.MaxDepth,
            AllowTrailingCommas = options.AllowTrailingCommas,
            CommentHandling = options.ReadCommentHandling,
        };
        JsonNode arguments = JsonNode.Parse(envelope.Payload.Span, documentOptions: reading) ?? throw Unfit(job, envelope, "they are the JSON literal null");
        for (int step = envelope.Version; step < job.Version; step++)
        {
            arguments = _steps[(job.Name, step)].Upcast(arguments)
                ?? throw Unfit(job, envelope, $"the upcaster from version {step} returned null");
        }

        var buffer = new ArrayBufferWriter<byte>(envelope.Payload.Length);
        using (var writer = new Utf8JsonWriter(buffer))
            arguments.WriteTo(writer);
        return buffer.WrittenMemory;
    }

    private static JobArgumentsException Unfit(JobDefinition job, JobEnvelope envelope, string why)
        => new($"The stored arguments of job '{job.Name}' cannot be brought from version {envelope.Version} to {job.Version}: {why}.", null);

    private void Add(IJobUpcaster upcaster)
    {
        JobRules.CheckJobName(upcaster.JobName, nameof(upcaster));
        if (upcaster.FromVersion < 1)
        {
            throw new InvalidOperationException(
                $"The upcaster '{upcaster.GetType()}' has FromVersion '{upcaster.FromVersion}'. Versions begin with 1.");
        }

        if (!_steps.TryAdd((upcaster.JobName, upcaster.FromVersion), upcaster))
        {
            throw new InvalidOperationException(
                $"Two upcasters read version {upcaster.FromVersion} of the job '{upcaster.JobName}': " +
                $"'{_steps[(upcaster.JobName, upcaster.FromVersion)].GetType()}' and '{upcaster.GetType()}'. Register one of them.");
        }
    }
}
