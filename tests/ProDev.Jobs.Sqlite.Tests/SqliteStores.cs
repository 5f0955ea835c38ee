namespace ProDev.Jobs.Sqlite.Tests;

internal static class SqliteStores
{
    public static SqliteJobStore Create(TempDatabase database, TimeProvider? time = null)
        => Create(database.Path, time);

    public static SqliteJobStore Create(string path, TimeProvider? time = null)
        => new(new SqliteJobsOptions { Path = path }, time ?? TimeProvider.System);

    public static async Task DisposeAfterOpenAsync(this SqliteJobStore store)
    {
        await store.OpenAsync(default);
        await store.DisposeAsync();
    }
}
