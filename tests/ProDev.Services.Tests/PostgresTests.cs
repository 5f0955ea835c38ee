using Npgsql;

namespace ProDev.Services.Tests;

[Trait("Requires", "PostgreSQL")]
public sealed class PostgresTests
{
    [Fact]
    public async Task CommittedRowIsReadBack()
    {
        await using var source = NpgsqlDataSource.Create(TestServices.Postgres);
        await using var connection = await source.OpenConnectionAsync();
        var schema = $"probe_{Guid.NewGuid():n}";
        await ExecuteAsync(connection, $"CREATE SCHEMA {schema}; CREATE TABLE {schema}.city (id int PRIMARY KEY, name text NOT NULL)");
        try
        {
            await using (var transaction = await connection.BeginTransactionAsync())
            {
                await ExecuteAsync(connection, $"INSERT INTO {schema}.city VALUES (1, 'Zürich'), (2, 'Ōsaka')");
                await transaction.CommitAsync();
            }

            await using var other = await source.OpenConnectionAsync();
            await using var command = new NpgsqlCommand($"SELECT name FROM {schema}.city ORDER BY id", other);
            var names = new List<string>();
            await using (var reader = await command.ExecuteReaderAsync())
            {
                while (await reader.ReadAsync())
                    names.Add(reader.GetString(0));
            }

            Assert.Equal(["Zürich", "Ōsaka"], names);
        }
        finally
        {
            await ExecuteAsync(connection, $"DROP SCHEMA {schema} CASCADE");
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
