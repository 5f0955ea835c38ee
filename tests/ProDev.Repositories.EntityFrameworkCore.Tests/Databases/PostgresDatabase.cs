using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ProDev.Repositories.EntityFrameworkCore.Tests;

/// <summary>The atlas in a PostgreSQL database of its own.</summary>
public sealed class PostgresDatabase : TestDatabase
{
    private const string Variable = "PRODEV_TEST_POSTGRES";

    private readonly string _name = $"prodev_repositories_{Guid.NewGuid():N}";
    private string _server = string.Empty;

    private string Database => new NpgsqlConnectionStringBuilder(_server) { Database = _name }.ConnectionString;

    public override void Use(DbContextOptionsBuilder options) => options.UseNpgsql(Database);

    public override async Task<IReadOnlyList<string>> ExplainAsync(RecordedCommand command, bool asIfLarge = false)
    {
        await using var context = Open();
        if (asIfLarge)
            await ReadAsync<string>(context, "SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off", []);

        return await ReadAsync<string>(context, $"EXPLAIN {command.Text}", command.Parameters);
    }

    public override async Task DisposeAsync()
    {
        await using (var connection = new NpgsqlConnection(Database))
            NpgsqlConnection.ClearPool(connection);

        await RunOnServerAsync($"DROP DATABASE IF EXISTS {_name} WITH (FORCE)");
    }

    protected override async Task CreateAsync()
    {
        _server = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } value ? value : throw new InvalidOperationException(
            $"The environment variable '{Variable}' is not set, and these tests need a PostgreSQL server. Run them with ./build.sh Test, or start " +
            "the servers first with: eval \"$(build/services.sh env)\"");
        await RunOnServerAsync($"CREATE DATABASE {_name} TEMPLATE template0");
    }

    protected override Task AnalyzeAsync(AtlasContext context) => context.Database.ExecuteSqlRawAsync("VACUUM ANALYZE");

    private async Task RunOnServerAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_server);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
