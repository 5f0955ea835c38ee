using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace ProDev.Retry.Tests.Recipes;

/// <summary>The recipe for Entity Framework Core that docs/recipes shows, on a real database.</summary>
public sealed class EntityFrameworkTests : IDisposable
{
    private readonly SqliteConnection _connection = new("Data Source=:memory:");
    private readonly FailingCommands _commands = new();
    private readonly LostCommits _commits = new();
    private readonly Shop _shop;

    public EntityFrameworkTests()
    {
        _connection.Open();
        _shop = new Shop(Options(_connection));
        _shop.Database.EnsureCreated();
    }

    public void Dispose()
    {
        _shop.Dispose();
        _connection.Dispose();
    }

    [Fact]
    public async Task QueryIsRetried_WhenTheFailureIsTransient()
    {
        _commands.FailOn(1, 2);

        Assert.Equal(0, await _shop.Orders.CountAsync());
        Assert.Equal(3, _commands.Commands);
    }

    [Fact]
    public void SynchronousQueryIsRetried_WhenTheFailureIsTransient()
    {
        _commands.FailOn(1, 2);

        Assert.Empty(_shop.Orders.ToList());
        Assert.Equal(3, _commands.Commands);
    }

    [Fact]
    public async Task RowIsSavedOnce_WhenSavingIsRetried()
    {
        _commands.FailOn(1, 2);
        _shop.Orders.Add(new Order());

        Assert.Equal(1, await _shop.SaveChangesAsync());

        Assert.Equal(1, await _shop.Orders.CountAsync());
    }

    [Fact]
    public async Task FailureSurfaces_WhenItIsNotTransient()
    {
        _commands.IsTransient = false;
        _commands.FailOn(1);

        await Assert.ThrowsAnyAsync<DbException>(() => _shop.Orders.CountAsync());

        Assert.Equal(1, _commands.Commands);
    }

    [Fact]
    public async Task NothingIsRepeated_WhenATransactionIsOpen()
    {
        await using var transaction = await _shop.Database.BeginTransactionAsync();
        _commands.FailOn(1, 2);

        await Assert.ThrowsAnyAsync<DbException>(() => _shop.Orders.CountAsync());
        Assert.ThrowsAny<DbException>(() => _shop.Orders.Count());

        Assert.Equal(2, _commands.Commands);
    }

    [Fact]
    public async Task WholeTransactionIsRepeated_WhenTheStrategyRunsIt()
    {
        var (shop, order, invoice) = (_shop, new Order { Id = 1 }, new Order { Id = 2 });
        _commands.FailOn(2, 4);

        #region snippet: retry-ef-transaction
        await shop.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            shop.ChangeTracker.Clear();        // what the attempt before has left behind
            await using var transaction = await shop.Database.BeginTransactionAsync();
            shop.Add(order);
            await shop.SaveChangesAsync();
            shop.Add(invoice);
            await shop.SaveChangesAsync();
            await transaction.CommitAsync();
        });
        #endregion

        Assert.Equal(6, _commands.Commands);
        Assert.Equal([1, 2], await _shop.Orders.Select(o => o.Id).Order().ToListAsync());
    }

    [Fact]
    public async Task WorkIsNotRepeated_WhenOnlyTheAnswerToItsCommitWasLost()
    {
        var order = new Order { Id = 7 };
        _shop.Orders.Add(order);
        _commits.LossesLeft = 1;

        await _shop.Database.CreateExecutionStrategy().ExecuteInTransactionAsync(
            token => _shop.SaveChangesAsync(acceptAllChangesOnSuccess: false, token),
            token => _shop.Orders.AsNoTracking().AnyAsync(o => o.Id == 7, token));

        Assert.Equal(1, await _shop.Orders.CountAsync());
    }

    private DbContextOptions<Shop> Options(DbConnection connection)
    {
        #region snippet: retry-ef-register
        var policy = RetryPolicy.Create(o =>
        {
            o.BaseDelay = TimeSpan.Zero;
            o.ShouldRetry = static failed => IsTransient(failed.Exception) || IsTransient(failed.Exception.InnerException);
        });
        var options = new DbContextOptionsBuilder<Shop>().UseSqlite(
            connection, sqlite => sqlite.ExecutionStrategy(context => new RetryPolicyExecutionStrategy(context, policy)));

        // The driver says what is transient. EF Core wraps it in a DbUpdateException.
        static bool IsTransient(Exception? exception) => exception is DbException { IsTransient: true };
        #endregion

        return options.AddInterceptors(_commands, _commits).Options;
    }
}
