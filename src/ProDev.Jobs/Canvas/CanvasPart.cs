namespace ProDev.Jobs;

/// <summary>A part of a canvas as it will be stored, with its ids.</summary>
internal sealed class CanvasPart
{
    public static readonly CanvasPart Empty = new() { Steps = [], Ids = [], End = new CanvasEnd { Members = [] } };

    public required IReadOnlyList<JobStep> Steps { get; init; }

    /// <summary>The jobs whose end the canvas waits for; callbacks are not among them.</summary>
    public required IReadOnlyList<Guid> Ids { get; init; }

    public required CanvasEnd End { get; init; }

    /// <summary>The name of a job that takes what comes before this part; null if none does.</summary>
    public string? Receiver { get; init; }

    /// <summary>The name of the job at the end that returns nothing, for a group of one of several; null if something comes out.</summary>
    public string? Silent { get; init; }
}
