namespace ProDev.Repositories;

/// <summary>Asks for one page: the first, the last, or the one next to a cursor. Immutable.</summary>
public sealed class CursorRequest
{
    /// <summary>The largest page size: 1000 items.</summary>
    public const int MaxSize = 1000;

    private CursorRequest(string? cursor, int size, bool isBackward)
    {
        if (size is < 1 or > MaxSize)
        {
            throw new ArgumentOutOfRangeException(
                nameof(size), size, $"A page has between 1 and {MaxSize} items, not '{size}'. Ask for a size in that range.");
        }

        Cursor = cursor;
        Size = size;
        IsBackward = isBackward;
    }

    /// <summary>The cursor to start from; <see langword="null"/> for the first or the last page.</summary>
    public string? Cursor { get; }

    /// <summary>The most items the page has, from 1 to <see cref="MaxSize"/>.</summary>
    public int Size { get; }

    /// <summary>Whether the page lies before the cursor instead of after it. Its items are in the same order either way.</summary>
    public bool IsBackward { get; }

    /// <summary>Asks for the first page.</summary>
    /// <param name="size">The most items the page has, from 1 to <see cref="MaxSize"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is out of range.</exception>
    public static CursorRequest First(int size) => new(cursor: null, size, isBackward: false);

    /// <summary>Asks for the last page. It is full when there are enough rows, so pages counted from the end fall elsewhere.</summary>
    /// <param name="size">The most items the page has, from 1 to <see cref="MaxSize"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is out of range.</exception>
    public static CursorRequest Last(int size) => new(cursor: null, size, isBackward: true);

    /// <summary>Asks for the page after a cursor.</summary>
    /// <param name="cursor">A <see cref="CursorPage{T}.Next"/>. It is checked when the page is read.</param>
    /// <param name="size">The most items the page has, from 1 to <see cref="MaxSize"/>. It may differ from page to page.</param>
    /// <exception cref="ArgumentNullException"><paramref name="cursor"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is out of range.</exception>
    public static CursorRequest After(string cursor, int size)
    {
        ArgumentNullException.ThrowIfNull(cursor);
        return new CursorRequest(cursor, size, isBackward: false);
    }

    /// <summary>Asks for the page before a cursor.</summary>
    /// <param name="cursor">A <see cref="CursorPage{T}.Previous"/>. It is checked when the page is read.</param>
    /// <param name="size">The most items the page has, from 1 to <see cref="MaxSize"/>. It may differ from page to page.</param>
    /// <exception cref="ArgumentNullException"><paramref name="cursor"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is out of range.</exception>
    public static CursorRequest Before(string cursor, int size)
    {
        ArgumentNullException.ThrowIfNull(cursor);
        return new CursorRequest(cursor, size, isBackward: true);
    }
}
