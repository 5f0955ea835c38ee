namespace ProDev.Jobs;

/// <summary>A part whose jobs share an error callback.</summary>
internal sealed class GuardedCanvas(Canvas guarded, JobCanvas handler) : Canvas
{
    internal override CanvasPart Build(CanvasBuilder builder)
    {
        // Built once, so that all jobs carry it under one id. It carries no handlers itself: those around this part start beside it, with the job that failed.
        JobStep callback = handler.Build(builder.ForHandler()).Steps[0];
        return guarded.Build(builder.Guarded(callback));
    }
}
