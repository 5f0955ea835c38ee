namespace ProDev.Jobs.Soak;

/// <summary>Something that must not be.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Text">With which job, and what was expected.</param>
public sealed record Finding(FindingKind Kind, string Text)
{
    public override string ToString() => $"{Kind}: {Text}";
}
