namespace ProDev.Repositories.EntityFrameworkCore;

/// <summary>
/// An item of a page and the values of its keys. The keys come from the statement and not from the item, which may be a tracked entity
/// with other values in memory, or a projection without them.
/// </summary>
/// <typeparam name="T">The type of the item.</typeparam>
internal sealed class PageRow<T>
{
    public required T Item { get; init; }

    public required object?[] Keys { get; init; }
}
