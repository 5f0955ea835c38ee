namespace ProDev.Repositories.EntityFrameworkCore;

/// <summary>
/// The sizes that page statements are written with. The size is a literal in the statement, so a short list keeps compiled queries and
/// prepared statements few; what is read beyond the asked size is dropped.
/// </summary>
internal static class PageSizes
{
    private static readonly int[] Steps = [10, 20, 30, 50, 100, 200, 500, CursorRequest.MaxSize];

    /// <summary>The rows to read for a page: its size rounded up, and one more to see whether another page follows.</summary>
    public static int RowsToRead(int size) => Steps.First(step => step >= size) + 1;
}
