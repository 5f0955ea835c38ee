using System.Text.Json;

namespace ProDev.Jobs;

/// <summary>Works out what follows a job. Depends on its arguments alone.</summary>
internal static class FollowUps
{
    private static readonly byte[] NoResult = [.. "null"u8];

    public static JobFollowUp? AfterSuccess(JobEnvelope job, byte[]? result, string? traceParent)
    {
        if (job.Continuation is not { } continuation)
            return null;
        ReadOnlyMemory<byte> input = result ?? NoResult;
        var lineage = new JobLineage(job.RootId ?? job.Id, job.Id, traceParent ?? job.TraceParent, job.TraceState);
        var jobs = new List<JobEnvelope>();
        foreach (JobStep callback in continuation.Callbacks)
            jobs.Add(StepArguments.Enqueued(callback, input, continuation: null, lineage));
        JobContribution? contribution = GoOn(continuation, input, lineage, jobs);
        return new JobFollowUp { Jobs = jobs, Contribution = contribution };
    }

    public static JobFollowUp? AfterDeath(JobEnvelope job, JobFailure failure)
    {
        if (job.Continuation is not { ErrorCallbacks: { Count: > 0 } callbacks })
            return null;
        byte[] input = JsonSerializer.SerializeToUtf8Bytes(failure, ContinuationJson.Default.JobFailure);
        var lineage = new JobLineage(job.RootId ?? job.Id, job.Id, job.TraceParent, job.TraceState);
        return new JobFollowUp { Jobs = [.. callbacks.Select(c => StepArguments.Enqueued(c, input, continuation: null, lineage))] };
    }

    /// <summary>Starts the next step of a chain, or gives the result of its last one to the group that waits.</summary>
    public static JobContribution? GoOn(JobContinuation continuation, ReadOnlyMemory<byte> input, JobLineage lineage, List<JobEnvelope> jobs)
    {
        if (continuation.Next.Count > 0)
            return Start(continuation, input, lineage, jobs);
        return continuation.Join is { } join ? ContributionTo(join, input, lineage) : null;
    }

    /// <summary>What a member of a group has in its results. An empty one makes the results of the whole group empty, and of those around it.</summary>
    public static JobContribution ContributionTo(JobJoin join, ReadOnlyMemory<byte> result, JobLineage lineage) => new()
    {
        JoinId = join.Id,
        Index = join.Index,
        Size = join.Size,
        Result = result,
        Join = results =>
        {
            if (results.Any(static r => r.IsEmpty))
                return new JobFollowUp { Contribution = join.Continuation.Join is { } outer ? ContributionTo(outer, default, lineage) : null };
            var following = new List<JobEnvelope>();
            JobContribution? next = GoOn(join.Continuation, Array(results), lineage, following);
            return new JobFollowUp { Jobs = following, Contribution = next };
        },
    };

    private static JobContribution? Start(JobContinuation continuation, ReadOnlyMemory<byte> input, JobLineage lineage, List<JobEnvelope> jobs)
    {
        JobStep step = continuation.Next[0];
        var rest = new JobContinuation
        {
            Next = [.. continuation.Next.Skip(1)],
            Join = continuation.Join,
        };
        if (step.Group is not { } members)
        {
            jobs.Add(StepArguments.Enqueued(step, input, rest, lineage));
            return null;
        }

        if (members.Count == 0)
            return GoOn(rest, "[]"u8.ToArray(), lineage, jobs);

        bool isAwaited = rest.Next.Count > 0 || rest.Join is not null;
        for (int i = 0; i < members.Count; i++)
        {
            var member = new JobContinuation
            {
                Next = members[i],
                Join = isAwaited ? new JobJoin { Id = step.GroupId, Index = i, Size = members.Count, Continuation = rest } : null,
            };

            // Each member has a job, so none of them ends here.
            GoOn(member, input, lineage, jobs);
        }

        return null;
    }

    private static byte[] Array(IReadOnlyList<ReadOnlyMemory<byte>> results)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            writer.WriteStartArray();
            foreach (ReadOnlyMemory<byte> result in results)
                writer.WriteRawValue(result.Span, skipInputValidation: true);
            writer.WriteEndArray();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
