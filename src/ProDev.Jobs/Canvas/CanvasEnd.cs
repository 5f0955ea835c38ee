namespace ProDev.Jobs;

/// <summary>Where the result of a canvas comes from: the last job of a chain, or the ends of the members of a group.</summary>
internal sealed class CanvasEnd
{
    public Guid? Job { get; init; }

    /// <summary>What must have ended before, if that does not follow from the members.</summary>
    public CanvasEnd? After { get; init; }

    public IReadOnlyList<CanvasEnd> Members { get; init; } = [];
}
