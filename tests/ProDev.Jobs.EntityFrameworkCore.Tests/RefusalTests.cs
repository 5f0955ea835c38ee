using System.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ProDev.Jobs.EntityFrameworkCore.Tests;

/// <summary>What is said when something is not set up.</summary>
public sealed class RefusalTests : IAsyncLifetime
{
    private readonly SqliteShop _shop = new();

    public Task InitializeAsync() => _shop.CreateAsync();

    public Task DisposeAsync() => _shop.CloseAsync();

    [Fact]
    public async Task EnqueueFailsAndNamesTheCall_WhenTheContextWasNotTold()
    {
        await using var db = new ShopContext(new DbContextOptionsBuilder<ShopContext>().UseSqlite("Data Source=:memory:").Options);

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => db.EnqueueAsync(new ChargeOrder.Args("a")));

        Assert.StartsWith($"The context '{typeof(ShopContext)}' does not know of jobs. Call UseProDevJobs()", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EnqueueFails_WhenThereIsNoClient()
    {
        await using var db = new ShopContext(
            new DbContextOptionsBuilder<ShopContext>().UseSqlite("Data Source=:memory:").UseProDevJobs().Options);

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => db.EnqueueAsync(new ChargeOrder.Args("a")));

        Assert.StartsWith($"The context '{typeof(ShopContext)}' finds no IJobClient.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SaveChangesFailsAndSavesNothing_WhenTheJobsAreInAnotherFile()
    {
        string other = Path.GetTempFileName();
        await using var db = new ShopContext(
            new DbContextOptionsBuilder<ShopContext>().UseSqlite($"Data Source={other};Pooling=False").UseProDevJobs(_shop.Client).Options);
        await db.Database.EnsureCreatedAsync();
        db.Orders.Add(new Order { Id = "a" });
        await db.EnqueueAsync(new ChargeOrder.Args("a"));

        var error = await Assert.ThrowsAsync<ArgumentException>(() => db.SaveChangesAsync());

        Assert.StartsWith($"The transaction is on the database '{other}', but the jobs are in", error.Message, StringComparison.Ordinal);
        Assert.Empty(await db.Orders.AsNoTracking().ToListAsync());
        await db.DisposeAsync();
        File.Delete(other);
    }

    [Fact]
    public async Task EnqueueFails_WhenTheJobsAreInMemory()
    {
        var services = new ServiceCollection();
        services.AddProDevJobs().AddJobsFromThisAssembly();
        await using ServiceProvider provider = services.BuildServiceProvider();
        await using var db = new ShopContext(new DbContextOptionsBuilder<ShopContext>().UseSqlite("Data Source=:memory:")
            .UseProDevJobs(provider.GetRequiredService<IJobClient>()).Options);

        var error = await Assert.ThrowsAsync<NotSupportedException>(() => db.EnqueueAsync(new ChargeOrder.Args("a")));

        Assert.StartsWith(
            "The job store 'MemoryJobStore' cannot enqueue in a transaction of the application.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EnqueueAndSaveChangesFail_WhenATransactionScopeIsOpen()
    {
        await using AsyncServiceScope services = _shop.Services.CreateAsyncScope();
        ShopContext db = services.ServiceProvider.GetRequiredService<ShopContext>();
        await db.EnqueueAsync(new ChargeOrder.Args("a"));
        using (new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            await Assert.ThrowsAsync<NotSupportedException>(() => db.EnqueueAsync(new ChargeOrder.Args("b")));
            await Assert.ThrowsAsync<NotSupportedException>(() => db.SaveChangesAsync());
        }

        await db.SaveChangesAsync();
        Assert.Equal(["a"], (await _shop.ReadAsync()).Jobs);
    }
}
