namespace ProDev.Repositories;

/// <summary>A place in an ordered set: the sort-key values of the row it stands on.</summary>
public sealed class CursorPosition
{
    /// <summary>Makes a position.</summary>
    /// <param name="values">One value per sort key, most significant first; <see langword="null"/> for a null key.</param>
    /// <param name="isInclusive">Whether the page includes the row at the position.</param>
    /// <exception cref="ArgumentNullException"><paramref name="values"/> is null.</exception>
    public CursorPosition(IReadOnlyList<object?> values, bool isInclusive = false)
    {
        ArgumentNullException.ThrowIfNull(values);
        Values = values;
        IsInclusive = isInclusive;
    }

    /// <summary>One value per sort key, most significant first; <see langword="null"/> for a null key.</summary>
    public IReadOnlyList<object?> Values { get; }

    /// <summary>
    /// Whether the page includes the row at the position, if it is still there. Set on the way back from an empty page, which has no
    /// row of its own to stand on.
    /// </summary>
    public bool IsInclusive { get; }
}
