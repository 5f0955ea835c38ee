namespace ProDev.Jobs;

/// <summary>A job with arguments of its own, of which one member may come from the job before.</summary>
internal sealed class ArgumentsJobCanvas<TArgs> : JobCanvas
    where TArgs : notnull
{
    private readonly Type? _jobType;
    private readonly TArgs _args;

    public ArgumentsJobCanvas(Type? jobType, TArgs args, Action<EnqueueOptions>? configure)
        : base(configure)
    {
        _jobType = jobType;
        _args = args;
    }

    private ArgumentsJobCanvas(ArgumentsJobCanvas<TArgs> original)
        : base(original)
    {
        _jobType = original._jobType;
        _args = original._args;
    }

    internal override CanvasPart Build(CanvasBuilder builder)
    {
        JobBinding binding = _jobType is null ? builder.Registry.ForArguments(typeof(TArgs)) : builder.Registry.ForJob(_jobType, typeof(TArgs));
        return builder.Part(binding, builder.Envelopes.Create(binding, _args, Options()), JobStepInput.None, Callbacks);
    }

    private protected override JobCanvas WithCallbacks(IReadOnlyList<JobCanvas> callbacks)
        => new ArgumentsJobCanvas<TArgs>(this) { Callbacks = callbacks };
}
