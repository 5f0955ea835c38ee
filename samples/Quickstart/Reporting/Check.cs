namespace Quickstart.Reporting;

/// <summary>A promise, and every way in which it turned out to be broken; it holds when there is none.</summary>
internal sealed record Check(string Promise, IReadOnlyList<string> Faults)
{
    public Check(string promise, bool holds, string fault)
        : this(promise, holds ? [] : [fault])
    {
    }

    public bool Holds => Faults.Count == 0;
}
