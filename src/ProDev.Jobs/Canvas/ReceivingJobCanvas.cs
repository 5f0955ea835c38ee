namespace ProDev.Jobs;

/// <summary>A job whose arguments are what came before it.</summary>
internal sealed class ReceivingJobCanvas : JobCanvas
{
    private readonly Type _jobType;

    public ReceivingJobCanvas(Type jobType, Action<EnqueueOptions>? configure)
        : base(configure)
        => _jobType = jobType;

    private ReceivingJobCanvas(ReceivingJobCanvas original)
        : base(original)
        => _jobType = original._jobType;

    internal override CanvasPart Build(CanvasBuilder builder)
    {
        JobBinding binding = builder.Registry.ForJob(_jobType);
        return builder.Part(binding, builder.Envelopes.Create(binding, Options(), []), JobStepInput.Arguments, Callbacks);
    }

    private protected override JobCanvas WithCallbacks(IReadOnlyList<JobCanvas> callbacks) => new ReceivingJobCanvas(this) { Callbacks = callbacks };
}
