namespace ProDev.Repositories;

/// <summary>One page of results and the cursors of its neighbours. Immutable.</summary>
/// <remarks>
/// A walk by cursors reads each row exactly once, however many rows are inserted or deleted meanwhile, except a row whose own
/// sort keys change during the walk: it may be seen twice or not at all.
/// </remarks>
/// <typeparam name="T">The type of the items.</typeparam>
public sealed class CursorPage<T>
{
    /// <summary>Makes a page.</summary>
    /// <param name="items">The items, in the order of the specification.</param>
    /// <param name="next">The cursor of the next page, or <see langword="null"/>.</param>
    /// <param name="previous">The cursor of the previous page, or <see langword="null"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="items"/> is null.</exception>
    public CursorPage(IReadOnlyList<T> items, string? next, string? previous)
    {
        ArgumentNullException.ThrowIfNull(items);
        Items = items;
        Next = next;
        Previous = previous;
    }

    /// <summary>The items, in the order of the specification, also on a page that was read backward.</summary>
    public IReadOnlyList<T> Items { get; }

    /// <summary>The cursor for <see cref="CursorRequest.After"/>; <see langword="null"/> when nothing follows.</summary>
    public string? Next { get; }

    /// <summary>The cursor for <see cref="CursorRequest.Before"/>; <see langword="null"/> when nothing comes before.</summary>
    public string? Previous { get; }

    /// <summary>
    /// Whether a page follows. Read from the store when walking forward. When walking backward it is inferred from the cursor: the
    /// rows that gave it were there, and only their deletion since makes that page empty.
    /// </summary>
    public bool HasNext => Next is not null;

    /// <summary>Whether a page comes before: the mirror image of <see cref="HasNext"/>.</summary>
    public bool HasPrevious => Previous is not null;

    /// <summary>Makes the same page of other items, such as a transport type.</summary>
    /// <param name="convert">Converts one item.</param>
    /// <returns>A page with the converted items and the same cursors.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="convert"/> is null.</exception>
    public CursorPage<TOther> Map<TOther>(Func<T, TOther> convert)
    {
        ArgumentNullException.ThrowIfNull(convert);
        return new CursorPage<TOther>([.. Items.Select(convert)], Next, Previous);
    }
}
