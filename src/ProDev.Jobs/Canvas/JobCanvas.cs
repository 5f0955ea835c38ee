namespace ProDev.Jobs;

/// <summary>One job of a <see cref="Canvas"/>. Immutable.</summary>
public abstract class JobCanvas : Canvas
{
    private readonly Action<EnqueueOptions>? _configure;

    private protected JobCanvas(Action<EnqueueOptions>? configure) => _configure = configure;

    private protected JobCanvas(JobCanvas original)
    {
        _configure = original._configure;
        Callbacks = original.Callbacks;
    }

    internal IReadOnlyList<JobCanvas> Callbacks { get; private protected init; } = [];

    /// <summary>Starts <paramref name="callback"/> with the result of this job when it succeeds, beside what follows in the chain.</summary>
    /// <param name="callback">The job to start.</param>
    /// <returns>The same job with one more callback.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="callback"/> is null.</exception>
    public JobCanvas OnSuccess(JobCanvas callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return WithCallbacks([.. Callbacks, callback]);
    }

    private protected abstract JobCanvas WithCallbacks(IReadOnlyList<JobCanvas> callbacks);

    private protected EnqueueOptions Options()
    {
        var options = new EnqueueOptions();
        _configure?.Invoke(options);
        return options.IdempotencyKey is null
            ? options
            : throw CanvasFault.Of(
                $"A job of a canvas has the IdempotencyKey '{options.IdempotencyKey}'. If a job with this key were there already, what follows " +
                "would never start. Leave the key out, and pass one for the whole canvas to EnqueueCanvasAsync.");
    }
}
