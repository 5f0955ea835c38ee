using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace ProDev.Jobs.EntityFrameworkCore.Tests;

public sealed class PostgreSqlShop : ShopDatabase
{
    private const string Variable = "PRODEV_TEST_POSTGRES";

    private readonly string _name = $"prodev_jobs_ef_{Guid.NewGuid():n}";

    public string ConnectionString => new NpgsqlConnectionStringBuilder(Server) { Database = _name }.ConnectionString;

    private static string Server => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } value
        ? value
        : throw new InvalidOperationException(
            $"The environment variable {Variable} is not set, so there is no server to test against. Run './build.sh Test', which starts one, or: " +
            "build/services.sh up && eval \"$(build/services.sh env)\" && dotnet test tests/ProDev.Jobs.EntityFrameworkCore.Tests");

    protected override Task CreateDatabaseAsync() => OnServerAsync($"CREATE DATABASE {_name} TEMPLATE template0");

    protected override IProDevJobsBuilder UseJobs(IProDevJobsBuilder builder) => builder.UsePostgreSql(ConnectionString);

    protected override void UseDatabase(DbContextOptionsBuilder options, bool retries)
        => options.UseNpgsql(ConnectionString, o =>
        {
            if (retries)
                o.ExecutionStrategy(static d => new RetryingStrategy(d));
        });

    protected override async Task DropAsync()
    {
        await using (var connection = new NpgsqlConnection(ConnectionString))
            NpgsqlConnection.ClearPool(connection);
        await OnServerAsync($"DROP DATABASE IF EXISTS {_name} WITH (FORCE)");
    }

    private static async Task OnServerAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
