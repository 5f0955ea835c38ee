namespace ProDev.Jobs;

internal sealed class ChainCanvas(IReadOnlyList<Canvas> steps) : Canvas
{
    public IReadOnlyList<Canvas> Steps => steps;

    internal override CanvasPart Build(CanvasBuilder builder)
    {
        CanvasPart[] parts = [.. steps.Select(s => s.Build(builder)).Where(static p => p.Steps.Count > 0)];
        for (int i = 1; i < parts.Length; i++)
        {
            if (parts[i].Receiver is { } receiver && parts[i - 1].Silent is { } silent)
            {
                throw CanvasFault.Of(
                    $"In the canvas, the job '{receiver}' takes the result of the job '{silent}', which returns nothing. Let '{silent}' " +
                    $"implement IJob<TArgs, TResult>, or give '{receiver}' arguments of its own.");
            }
        }

        return parts.Length == 0
            ? CanvasPart.Empty
            : new CanvasPart
            {
                Steps = [.. parts.SelectMany(static p => p.Steps)],
                Ids = [.. parts.SelectMany(static p => p.Ids)],
                End = EndOf(parts),
                Receiver = parts[0].Receiver,
                Silent = parts[^1].Silent,
            };
    }

    // An empty group at the end has nothing that one could wait for, so the part before it counts, too.
    private static CanvasEnd EndOf(ReadOnlySpan<CanvasPart> parts)
        => parts.Length == 1 || parts[^1].Ids.Count > 0 ? parts[^1].End : new CanvasEnd { After = EndOf(parts[..^1]) };
}
