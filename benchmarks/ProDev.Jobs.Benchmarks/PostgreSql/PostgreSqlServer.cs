using System.Globalization;
using Npgsql;

namespace ProDev.Jobs.Benchmarks;

/// <summary>The PostgreSQL of the tests.</summary>
internal static class PostgreSqlServer
{
    public const string Variable = "PRODEV_TEST_POSTGRES";

    public static string? ConnectionString =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given ? given : null;

    /// <summary>A name for a schema that nobody has had.</summary>
    public static string NewSchema() => $"benchmark_{Guid.NewGuid():n}";

    public static async Task DropAsync(string schema) => await ExecuteAsync($"DROP SCHEMA IF EXISTS {schema} CASCADE");

    /// <summary>The process whose children serve connections; none when it runs on another machine or in a container.</summary>
    public static async Task<IReadOnlyList<int>> ProcessesAsync()
    {
        // The first line of the file is the number of the process.
        var text = (string)(await ExecuteAsync("SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)"))!;
        var name = $"/proc/{text}/comm";
        return File.Exists(name) && File.ReadAllText(name).StartsWith("postgres", StringComparison.Ordinal)
            ? [int.Parse(text, CultureInfo.InvariantCulture)]
            : [];
    }

    private static async Task<object?> ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
