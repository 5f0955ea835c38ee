using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ProDev.Jobs.EntityFrameworkCore.Tests;

/// <summary>Orders and jobs in one new database, with the services of an application around it.</summary>
public abstract class ShopDatabase
{
    private ServiceProvider? _services;

    public ServiceProvider Services => _services!;

    public IJobStore Store => Services.GetRequiredService<IJobStore>();

    public IJobClient Client => Services.GetRequiredService<IJobClient>();

    public FaultyCommits Faults { get; } = new();

    public async Task CreateAsync(bool pooled = false, bool retries = false)
    {
        await CreateDatabaseAsync();
        var services = new ServiceCollection();
        UseJobs(services.AddProDevJobs()).AddJobsFromThisAssembly();
        Action<DbContextOptionsBuilder> configure = o =>
        {
            UseDatabase(o, retries);
            o.AddInterceptors(Faults).UseProDevJobs();
        };
        if (pooled)
            services.AddDbContextPool<ShopContext>(configure, poolSize: 1);
        else
            services.AddDbContext<ShopContext>(configure);
        _services = services.BuildServiceProvider();
        await Store.OpenAsync(default);
        await using AsyncServiceScope scope = Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ShopContext>().Database.ExecuteSqlRawAsync(
            "CREATE TABLE \"Orders\" (\"Id\" TEXT PRIMARY KEY, \"Note\" TEXT NOT NULL)");
    }

    /// <summary>Orders and jobs that were committed, sorted; the jobs by their order's id. Takes the jobs.</summary>
    public async Task<(string[] Orders, string[] Jobs)> ReadAsync()
    {
        await using AsyncServiceScope scope = Services.CreateAsyncScope();
        string[] orders = await scope.ServiceProvider.GetRequiredService<ShopContext>().Orders.Select(o => o.Id).ToArrayAsync();
        var request = new FetchRequest { Queues = ["default"], Maximum = 1000, Lease = TimeSpan.FromMinutes(1), Worker = "test" };
        IReadOnlyList<LeasedJob> jobs = await Store.FetchAsync(request, default);
        IEnumerable<string> charged = jobs.Select(
            static j => JsonSerializer.Deserialize<ChargeOrder.Args>(j.Envelope.Payload.Span, JsonSerializerOptions.Web)!.OrderId);
        return ([.. orders.Order(StringComparer.Ordinal)], [.. charged.Order(StringComparer.Ordinal)]);
    }

    public async Task CloseAsync()
    {
        if (_services is not null)
            await _services.DisposeAsync();
        await DropAsync();
    }

    protected abstract Task CreateDatabaseAsync();

    protected abstract IProDevJobsBuilder UseJobs(IProDevJobsBuilder builder);

    protected abstract void UseDatabase(DbContextOptionsBuilder options, bool retries);

    protected abstract Task DropAsync();
}
