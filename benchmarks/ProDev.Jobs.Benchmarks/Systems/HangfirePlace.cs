using Hangfire;
using Hangfire.InMemory;
using Hangfire.PostgreSql;
using Hangfire.PostgreSql.Factories;

namespace ProDev.Jobs.Benchmarks;

/// <summary>A storage of Hangfire with its defaults: empty at first, gone at the end.</summary>
internal sealed class HangfirePlace(JobStorage storage, Func<Task> end) : IAsyncDisposable
{
    public JobStorage Storage => storage;

    public static HangfirePlace InMemory()
    {
        var storage = new InMemoryStorage();
        return new HangfirePlace(storage, () =>
        {
            storage.Dispose();
            return Task.CompletedTask;
        });
    }

    public static HangfirePlace InPostgreSql()
    {
        var options = new PostgreSqlStorageOptions { SchemaName = PostgreSqlServer.NewSchema() };
        var connections = new NpgsqlConnectionFactory(PostgreSqlServer.ConnectionString, options);
        return new HangfirePlace(new PostgreSqlStorage(connections, options), () => PostgreSqlServer.DropAsync(options.SchemaName));
    }

    public async ValueTask DisposeAsync() => await end();
}
