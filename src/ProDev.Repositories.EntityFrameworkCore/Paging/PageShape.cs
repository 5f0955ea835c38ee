namespace ProDev.Repositories.EntityFrameworkCore;

/// <summary>Everything that decides a page's statement besides the specification. Comparable by value, as part of a query's shape.</summary>
/// <param name="Rows">The number of rows to read.</param>
/// <param name="IsBackward">Whether the statement reads against the order.</param>
/// <param name="Nulls">For each key, "v" when the position has a value, "0" when it is null; null when there is no position.</param>
/// <param name="IsInclusive">Whether the row at the position belongs to the page.</param>
internal sealed record PageShape(int Rows, bool IsBackward, string? Nulls, bool IsInclusive)
{
    public bool HasPosition => Nulls is not null;

    public bool IsNull(int key) => Nulls![key] == '0'; // Asked only about positions that exist.
}
