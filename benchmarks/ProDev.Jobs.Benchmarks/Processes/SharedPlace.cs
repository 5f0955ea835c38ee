using Microsoft.Extensions.DependencyInjection;

namespace ProDev.Jobs.Benchmarks;

/// <summary>A store that several processes share, empty at first; this process enqueues, and its children work.</summary>
internal sealed class SharedPlace : IAsyncDisposable
{
    /// <summary>The queue that children serve.</summary>
    public const string Queue = "default";

    public const string Sqlite = "Sqlite";
    public const string PostgreSql = "PostgreSql";

    private readonly string _provider;
    private readonly string _place;
    private readonly ServiceProvider _services;

    private SharedPlace(string provider, string place)
    {
        (_provider, _place) = (provider, place);
        var services = new ServiceCollection();
        services.AddLogging();
        var jobs = services.AddProDevJobs();
        Use(jobs, provider, place);
        jobs.AddJobsFromThisAssembly();
        _services = services.BuildServiceProvider();
        Store = _services.GetRequiredService<IJobStore>();
        Client = _services.GetRequiredService<IJobClient>();
    }

    public IJobStore Store { get; }

    public IJobClient Client { get; }

    public static async Task<SharedPlace> OpenAsync(string provider, string directory)
    {
        var place = new SharedPlace(
            provider, provider == Sqlite ? Path.Combine(directory, $"{Guid.NewGuid():n}.db") : PostgreSqlServer.NewSchema());
        await place.Store.OpenAsync(CancellationToken.None);
        return place;
    }

    public static void Use(IProDevJobsBuilder jobs, string provider, string place)
    {
        if (provider == Sqlite)
        {
            jobs.UseSqlite(place);
            return;
        }

        jobs.UsePostgreSql(options =>
        {
            options.ConnectionString = PostgreSqlServer.ConnectionString;
            options.Schema = place;
        });
    }

    /// <summary>Starts a worker in another process.</summary>
    public Task<Child> StartAsync(TimeSpan? lease = null) => Child.StartAsync(_provider, _place, lease ?? TimeSpan.FromSeconds(30));

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        if (_provider == PostgreSql)
            await PostgreSqlServer.DropAsync(_place);
    }
}
