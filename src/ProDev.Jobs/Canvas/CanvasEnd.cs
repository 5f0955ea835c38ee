namespace ProDev.Jobs;

/// <summary>Where the result of a canvas comes from: the last job of a chain, or the ends of the members of a group.</summary>
internal sealed class CanvasEnd
{
    public Guid? Job { get; init; }

    public IReadOnlyList<CanvasEnd> Members { get; init; } = [];
}
