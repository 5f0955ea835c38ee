using System.Data.Common;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace ProDev.Jobs.Soak;

/// <summary>A schema of a server. All connections, of the library and beside it, carry the name of the schema, so that they can be told from those of others.</summary>
public sealed record PostgreSqlSoakStore(string ConnectionString, string Schema) : SoakStore
{
    public const string Name = "postgresql";

    public override string Kind => Name;

    protected override string LeadTable => $"\"{Schema}\".lead";

    /// <summary>A store on a server, in a new schema.</summary>
    public static PostgreSqlSoakStore Create(string connectionString)
    {
        string schema = $"soak_{Guid.NewGuid():n}";
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = schema,
            // A server that is gone must be noticed within a lease or two.
            Timeout = 3,
            CommandTimeout = 3,
            CancellationTimeout = 500,
            MaxPoolSize = 20,
        };
        return new PostgreSqlSoakStore(settings.ConnectionString, schema);
    }

    /// <summary>The same store, reached through a port of this machine.</summary>
    public PostgreSqlSoakStore Through(int port)
        => this with { ConnectionString = new NpgsqlConnectionStringBuilder(ConnectionString) { Host = "127.0.0.1", Port = port }.ConnectionString };

    public override void Use(IProDevJobsBuilder builder, TimeProvider? clock = null) => builder.UsePostgreSql(o =>
        (o.ConnectionString, o.Schema, o.TimeProvider, o.PollInterval) = (ConnectionString, Schema, clock, TimeSpan.FromMilliseconds(200)));

    public override async Task<DbConnection> ConnectAsync()
    {
        // No pool: after a fault it would hand out connections that are long gone.
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>Ends every connection of the schema but the one that asks.</summary>
    /// <returns>How many.</returns>
    public async Task<int> TerminateConnectionsAsync()
        => (int)(await ScalarAsync(
            $"SELECT count(pg_terminate_backend(pid))::integer FROM pg_stat_activity WHERE application_name = '{Schema}' AND pid <> pg_backend_pid()"))!;

    public async Task DropAsync() => await ScalarAsync($"DROP SCHEMA IF EXISTS \"{Schema}\" CASCADE");
}
