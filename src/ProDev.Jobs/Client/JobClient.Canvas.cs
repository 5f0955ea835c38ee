using System.Diagnostics;

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
        CanvasPart plan = canvas.Build(new CanvasBuilder(registry, _envelopes, new CanvasIds(idempotencyKey, time)));
        if (plan.Receiver is { } receiver)
        {
            throw CanvasFault.Of(
                $"The job '{receiver}' begins the canvas, so there is no result that it could take. Give it arguments: Canvas.Job(args).");
        }

        var jobs = new List<JobEnvelope>();
        if (plan.Steps.Count > 0)
        {
            Activity? caller = Activity.Current;
            var lineage = new JobLineage(
                RootId: null, ParentId: null, caller is { IdFormat: ActivityIdFormat.W3C } ? caller.Id : null, caller?.TraceStateString);
            FollowUps.GoOn(new JobContinuation { Next = plan.Steps }, "null"u8.ToArray(), lineage, jobs);
        }

        CheckSizes(jobs);
        bool existed = jobs.Count > 0 && await SendAsync(jobs, cancellationToken).ConfigureAwait(false);
        return new CanvasHandle(plan.Ids, existed, plan.End, _waiter);
    }

    private void CheckSizes(List<JobEnvelope> jobs)
    {
        foreach (JobEnvelope job in jobs.Where(static j => j.Continuation is not null))
        {
            int size = JobEnvelopeCodec.WriteRest(job)?.Length ?? 0;
            if (size > options.Value.MaxPayloadBytes)
            {
                throw CanvasFault.Of(
                    $"What follows the job '{job.Name}' in the canvas takes '{size}' bytes, which travel with it; at most " +
                    $"{options.Value.MaxPayloadBytes} are allowed. Shorten the chain, let a job enqueue the rest, or raise JobsOptions.MaxPayloadBytes.");
            }
        }
    }

    /// <summary>Returns whether all of them were there before.</summary>
    private async Task<bool> SendAsync(List<JobEnvelope> jobs, CancellationToken cancellationToken)
    {
        var send = MeasuredSend.Start(jobs[0].Name, time);
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
