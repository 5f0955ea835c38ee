namespace ProDev.Repositories.EntityFrameworkCore.Tests;

/// <summary>Reads pages one after the other until there are no more.</summary>
public static class Walk
{
    public static async Task<IReadOnlyList<T>> ForwardAsync<T>(Func<CursorRequest, Task<CursorPage<T>>> read, int size, int most = 100_000)
    {
        var items = new List<T>();
        var page = await read(CursorRequest.First(size));
        Assert.False(page.HasPrevious);
        while (true)
        {
            Assert.True(page.Items.Count <= size);
            items.AddRange(page.Items);
            if (page.Next is null)
                return items;

            Assert.True(items.Count <= most, "The walk does not end.");
            page = await read(CursorRequest.After(page.Next, size));
            Assert.True(page.HasPrevious);
        }
    }

    /// <summary>Reads from the end to the start; the items come in the order of the set.</summary>
    public static async Task<IReadOnlyList<T>> BackwardAsync<T>(Func<CursorRequest, Task<CursorPage<T>>> read, int size, int most = 100_000)
    {
        var items = new List<T>();
        var page = await read(CursorRequest.Last(size));
        Assert.False(page.HasNext);
        while (true)
        {
            Assert.True(page.Items.Count <= size);
            items.InsertRange(0, page.Items);
            if (page.Previous is null)
                return items;

            Assert.True(items.Count <= most, "The walk does not end.");
            page = await read(CursorRequest.Before(page.Previous, size));
            Assert.True(page.HasNext);
        }
    }
}
