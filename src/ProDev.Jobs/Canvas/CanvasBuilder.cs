namespace ProDev.Jobs;

/// <summary>What a canvas needs to become jobs.</summary>
internal sealed class CanvasBuilder(JobRegistry registry, EnvelopeFactory envelopes, CheckedJobStore store, CanvasIds ids)
{
    public JobRegistry Registry { get; } = registry;

    public EnvelopeFactory Envelopes { get; } = envelopes;

    public CanvasIds Ids { get; } = ids;

    private IReadOnlyList<JobStep> ErrorCallbacks { get; init; } = [];

    private bool IsForCallback { get; init; }

    public CanvasBuilder Guarded(JobStep errorCallback)
        => new(Registry, Envelopes, store, Ids) { ErrorCallbacks = [.. ErrorCallbacks, errorCallback], IsForCallback = IsForCallback };

    /// <summary>For a job that is started beside the others, and that nothing waits for.</summary>
    public CanvasBuilder ForCallback() => new(Registry, Envelopes, store, Ids) { ErrorCallbacks = ErrorCallbacks, IsForCallback = true };

    /// <summary>For a handler of errors: those around it start beside it, so it carries none.</summary>
    public CanvasBuilder ForHandler() => new(Registry, Envelopes, store, Ids) { IsForCallback = true };

    public CanvasPart Part(JobBinding binding, JobEnvelope job, JobStepInput input, IReadOnlyList<JobCanvas> callbacks)
    {
        // Now, because the store takes a job whose turn comes later without another look.
        store.Check(job);
        if (job.Unique is not null && (!IsForCallback || callbacks.Count > 0))
        {
            throw CanvasFault.Of(
                $"The job '{job.Name}' of a canvas is unique, by EnqueueOptions.Unique or [JobUnique]. If another job were in its way, what follows would never " +
                "start. Only a callback without callbacks of its own may be unique; for any other job set EnqueueOptions.Unique to JobUniqueness.None.");
        }

        JobContinuation? own = callbacks.Count == 0 && ErrorCallbacks.Count == 0
            ? null
            : new JobContinuation { Callbacks = [.. callbacks.Select(c => Callback(c, binding))], ErrorCallbacks = ErrorCallbacks };
        Guid id = Ids.Next();
        return new CanvasPart
        {
            Steps = [new JobStep { Job = job with { Id = id, Continuation = own }, Input = input }],
            Ids = [id],
            End = new CanvasEnd { Job = id },
            Receiver = input == JobStepInput.None ? null : job.Name,
            Silent = binding.ResultType is null ? job.Name : null,
        };
    }

    private JobStep Callback(JobCanvas callback, JobBinding caller)
    {
        CanvasPart part = callback.Build(ForCallback());
        return part.Receiver is { } receiver && caller.ResultType is null
            ? throw CanvasFault.Of(
                $"In the canvas, the callback '{receiver}' takes the result of the job '{caller.Definition.Name}', which returns nothing. Give it " +
                "arguments of its own.")
            : part.Steps[0];
    }
}
