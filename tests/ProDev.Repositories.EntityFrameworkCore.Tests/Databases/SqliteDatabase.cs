using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace ProDev.Repositories.EntityFrameworkCore.Tests;

/// <summary>The atlas in a SQLite file.</summary>
public sealed class SqliteDatabase : TestDatabase
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"prodev-repositories-{Guid.NewGuid():N}.db");

    public string ConnectionString => $"Data Source={_path}";

    public override void Use(DbContextOptionsBuilder options) => options.UseSqlite(ConnectionString);

    public override async Task<IReadOnlyList<string>> ExplainAsync(RecordedCommand command, bool asIfLarge = false)
    {
        await using var context = Open();
        return await ReadAsync<string>(context, $"EXPLAIN QUERY PLAN {command.Text}", command.Parameters, column: 3);
    }

    public override Task DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        File.Delete(_path);
        return Task.CompletedTask;
    }

    protected override Task CreateAsync() => Task.CompletedTask;

    protected override Task AnalyzeAsync(AtlasContext context) => context.Database.ExecuteSqlRawAsync("ANALYZE");
}
