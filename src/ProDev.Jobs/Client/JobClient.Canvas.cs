using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace ProDev.Jobs;

/// <summary>Enqueueing canvases.</summary>
internal sealed partial class JobClient
{
    public async Task<CanvasHandle> EnqueueCanvasAsync(
        Canvas canvas, string? idempotencyKey = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        if (idempotencyKey is not null)
            JobRules.CheckIdempotencyKey(idempotencyKey, nameof(idempotencyKey));
        CanvasPart plan = canvas.Build(new CanvasBuilder(registry, _envelopes, store, new CanvasIds(idempotencyKey, time)));
        if (plan.Receiver is { } receiver)
        {
            throw CanvasFault.Of(
                $"The job '{receiver}' begins the canvas, so there is no result that it could take. Give it arguments: Canvas.Job(args).");
        }

        var jobs = new List<JobEnvelope>();
        if (plan.Steps.Count > 0)
        {
            var lineage = new JobLineage(plan.Ids.Count > 0 ? plan.Ids[0] : null, ParentId: null, TraceParent: null, TraceState: null);
            FollowUps.GoOn(new JobContinuation { Next = plan.Steps }, "null"u8.ToArray(), lineage, jobs);
        }

        CheckSizes(jobs);
        bool existed = jobs.Count > 0
            && ((idempotencyKey is not null && await AnyExistsAsync(plan.Ids, cancellationToken).ConfigureAwait(false))
                || await SendAsync(jobs, cancellationToken).ConfigureAwait(false));
        return new CanvasHandle(plan.Ids, existed, plan.End, _waiter);
    }

    private void CheckSizes(List<JobEnvelope> jobs)
    {
        foreach (JobEnvelope job in jobs.Where(static j => j.Continuation is not null))
        {
            int size = SizeOfRest(job);
            if (size > options.Value.MaxPayloadBytes)
            {
                throw CanvasFault.Of(
                    $"What follows the job '{job.Name}' in the canvas takes '{size}' bytes, which travel with it; at most " +
                    $"{options.Value.MaxPayloadBytes} are allowed. Shorten the chain, let a job enqueue the rest, or raise JobsOptions.MaxPayloadBytes.");
            }
        }
    }

    private static int SizeOfRest(JobEnvelope job)
    {
        try
        {
            byte[] rest = Encoding.UTF8.GetBytes(JobEnvelopeCodec.WriteRest(job) ?? "{}");
            var reader = new Utf8JsonReader(rest, new JsonReaderOptions { MaxDepth = JobConstants.MaxCanvasDepth });
            while (reader.Read())
            {
            }

            return rest.Length;
        }
        catch (JsonException)
        {
            throw CanvasFault.Of(
                $"What follows the job '{job.Name}' in the canvas, with its arguments, is nested too deeply: as JSON it has more than " +
                $"{JobConstants.MaxCanvasDepth} levels. Nest fewer groups, or let a job enqueue the rest.");
        }
    }

    // Not only the first jobs: those may have been pruned while others wait, and would then run again.
    private async Task<bool> AnyExistsAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        if (!store.Abilities.HasFlag(JobStoreAbilities.Queries))
            return false;
        foreach (Guid id in ids)
        {
            if (await store.FindAsync(id, cancellationToken).ConfigureAwait(false) is not null)
                return true;
        }

        return false;
    }

    /// <summary>Returns whether all of them were there before.</summary>
    private async Task<bool> SendAsync(List<JobEnvelope> untraced, CancellationToken cancellationToken)
    {
        var send = MeasuredSend.Start(untraced[0].Name, time);
        Activity? span = Activity.Current;
        List<JobEnvelope> jobs = untraced.ConvertAll(j => j with
        {
            TraceParent = span is { IdFormat: ActivityIdFormat.W3C } ? span.Id : null,
            TraceState = span?.TraceStateString,
        });
        try
        {
            IReadOnlyList<EnqueuedJob> enqueued = await Send(jobs, cancellationToken).ConfigureAwait(false);
            send.Ended(jobs, jobs.Count, isBatch: jobs.Count > 1, error: null);
            return enqueued.All(static e => e.AlreadyExisted);
        }
        catch (Exception e)
        {
            send.Ended(jobs, jobs.Count, isBatch: jobs.Count > 1, e);
            throw;
        }
    }
}
