namespace ProDev.Jobs;

/// <summary>A part whose jobs share an error callback.</summary>
internal sealed class GuardedCanvas(Canvas guarded, JobCanvas handler) : Canvas
{
    internal override CanvasPart Build(CanvasBuilder builder)
    {
        // Built once, so that all jobs carry it under one id.
        JobStep callback = handler.Build(builder.ForCallback()).Steps[0];
        return guarded.Build(builder.Guarded(callback));
    }
}
