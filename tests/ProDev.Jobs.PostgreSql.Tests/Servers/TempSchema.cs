using Npgsql;

namespace ProDev.Jobs.PostgreSql.Tests;

/// <summary>The name of a schema that no other test uses, dropped at the end.</summary>
public sealed class TempSchema : IDisposable
{
    public string Name { get; } = $"test_{Guid.NewGuid():n}";

    internal PostgreSqlJobStore CreateStore(TimeProvider? time = null, Action<PostgreSqlJobsOptions>? configure = null)
    {
        PostgreSqlJobsOptions options = CreateOptions();
        options.TimeProvider = time;
        configure?.Invoke(options);
        return new PostgreSqlJobStore(options, TimeProvider.System);
    }

    internal PostgreSqlJobsOptions CreateOptions() => new() { ConnectionString = TestPostgres.ConnectionString, Schema = Name };

    public void Execute(string sql)
    {
        using NpgsqlConnection connection = Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    public object? Scalar(string sql)
    {
        using NpgsqlConnection connection = Open();
        using var command = new NpgsqlCommand(sql, connection);
        return command.ExecuteScalar();
    }

    public static NpgsqlConnection Open(string? database = null)
    {
        var settings = new NpgsqlConnectionStringBuilder(TestPostgres.ConnectionString);
        settings.Database = database ?? settings.Database;
        var connection = new NpgsqlConnection(settings.ConnectionString);
        connection.Open();
        return connection;
    }

    public void Dispose()
    {
        while (true)
        {
            try
            {
                Execute($"DROP SCHEMA IF EXISTS {Name} CASCADE");
                return;
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.DeadlockDetected)
            {
                // A host that was disposed without a stop leaves a last statement behind.
            }
        }
    }
}
