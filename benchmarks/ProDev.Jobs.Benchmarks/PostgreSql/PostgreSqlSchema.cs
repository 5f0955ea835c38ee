using Microsoft.Extensions.DependencyInjection;

namespace ProDev.Jobs.Benchmarks;

/// <summary>A schema with jobs of ProDev.Jobs.PostgreSql, with the defaults otherwise; dropped at the end.</summary>
internal sealed class PostgreSqlSchema : IStorePlace
{
    private readonly string _name = PostgreSqlServer.NewSchema();
    private ServiceProvider? _listener;

    public void Use(IProDevJobsBuilder jobs) => jobs.UsePostgreSql(options =>
    {
        options.ConnectionString = PostgreSqlServer.ConnectionString;
        options.Schema = _name;
    });

    /// <summary>Lets another store wait for work, as the worker of another process would: from now on it is told of every job.</summary>
    public async Task ListenAsync()
    {
        var services = new ServiceCollection();
        Use(services.AddProDevJobs());
        _listener = services.BuildServiceProvider();
        var store = _listener.GetRequiredService<IJobStore>();
        await store.OpenAsync(CancellationToken.None);
        // It goes on to listen until it is disposed.
        await store.WaitForWorkAsync(["default"], TimeSpan.FromMilliseconds(100), CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (_listener is not null)
            await _listener.DisposeAsync();
        await PostgreSqlServer.DropAsync(_name);
    }
}
