using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace ProDev.Jobs.EntityFrameworkCore.Tests;

public sealed class SqliteSaveChangesTests : SaveChangesTests<SqliteShop>;

[Trait("Requires", "PostgreSQL")]
public sealed class PostgreSqlSaveChangesTests : SaveChangesTests<PostgreSqlShop>;

/// <summary>Orders and their jobs: both or neither.</summary>
public abstract class SaveChangesTests<TShop> : IAsyncLifetime
    where TShop : ShopDatabase, new()
{
    private readonly TShop _shop = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _shop.CloseAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task BothAreThere_WhenSaveChangesSucceeds(bool sync)
    {
        await using ShopContext db = await OpenAsync();
        JobHandle handle = await AddAsync(db, "a");
        Assert.Null(await _shop.Client.FindAsync(handle.Id));

        await SaveAsync(db, sync);

        Assert.Equal(handle.Id, (await _shop.Client.FindAsync(handle.Id))!.Id);
        await AssertAsync("a");
        Assert.Equal(AutoTransactionBehavior.WhenNeeded, db.Database.AutoTransactionBehavior);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task JobIsWrittenOnce_WhenThereAreNoChanges(bool sync)
    {
        await using ShopContext db = await OpenAsync();
        await db.EnqueueAsync(new ChargeOrder.Args("a"));

        await SaveAsync(db, sync);
        await SaveAsync(db, sync);

        Assert.Equal(["a"], (await _shop.ReadAsync()).Jobs);
        Assert.Equal(1, _shop.Faults.Commits);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task NeitherIsThereAndTheNextSaveWritesBoth_WhenSaveChangesFails(bool sync)
    {
        await using ShopContext db = await OpenAsync();
        await AddAsync(db, "a");
        _shop.Faults.Next = 1;

        await Assert.ThrowsAsync<LostCommitException>(() => SaveAsync(db, sync));
        await AssertAsync();
        await SaveAsync(db, sync);

        await AssertAsync("a");
    }

    [Fact]
    public async Task NeitherIsThereAndTheNextSaveWritesBoth_WhenTheDatabaseRefusesTheRow()
    {
        await using ShopContext db = await OpenAsync();
        await AddAsync(db, "a");
        await db.SaveChangesAsync();
        db.ChangeTracker.Clear();
        await AddAsync(db, "a");

        await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync());
        db.ChangeTracker.Entries<Order>().Single().State = EntityState.Detached;
        db.Orders.Add(new Order { Id = "b" });
        await db.SaveChangesAsync();

        (string[] orders, string[] jobs) = await _shop.ReadAsync();
        Assert.Equal(["a", "b"], orders);
        Assert.Equal(["a", "a"], jobs);
    }

    [Fact]
    public async Task JobWaitsForTheNextSave_WhenOthersHaveChangedTheRow()
    {
        await using ShopContext db = await OpenAsync();
        db.Orders.Add(new Order { Id = "a" });
        await db.SaveChangesAsync();
        await db.Database.ExecuteSqlRawAsync("UPDATE \"Orders\" SET \"Note\" = 'theirs'");
        Order order = db.Orders.Local.Single();
        order.Note = "ours";
        await db.EnqueueAsync(new ChargeOrder.Args("a"));

        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => db.SaveChangesAsync());
        await using (IDbContextTransaction transaction = await db.Database.BeginTransactionAsync())
            await transaction.CommitAsync();
        Assert.Empty((await _shop.ReadAsync()).Jobs);
        await db.Entry(order).ReloadAsync();
        order.Note = "ours";
        await db.SaveChangesAsync();

        await AssertAsync("a");
        Assert.Equal(AutoTransactionBehavior.WhenNeeded, db.Database.AutoTransactionBehavior);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task BothAreWrittenOnce_WhenAStrategyTriesAgain(bool sync)
    {
        await using ShopContext db = await OpenAsync(retries: true);
        await AddAsync(db, "a");
        _shop.Faults.Next = 3;

        await SaveAsync(db, sync);
        await SaveAsync(db, sync);

        await AssertAsync("a");
        Assert.Equal(4, _shop.Faults.Commits);
    }

    [Fact]
    public async Task JobIsWrittenOnce_WhenAStrategyTriesAgainWithoutChanges()
    {
        await using ShopContext db = await OpenAsync(retries: true);
        await db.EnqueueAsync(new ChargeOrder.Args("a"));
        _shop.Faults.Next = 2;

        await db.SaveChangesAsync();
        await db.SaveChangesAsync();

        Assert.Equal(["a"], (await _shop.ReadAsync()).Jobs);
    }

    [Fact]
    public async Task BothAreWrittenOnce_WhenAStrategyTriesATransactionOfTheApplicationAgain()
    {
        await using ShopContext db = await OpenAsync(retries: true);
        await AddAsync(db, "a");
        _shop.Faults.Next = 2;

        await db.Database.CreateExecutionStrategy().ExecuteInTransactionAsync(
            db, static (c, token) => c.SaveChangesAsync(acceptAllChangesOnSuccess: false, token), static (_, _) => Task.FromResult(false));
        db.ChangeTracker.AcceptAllChanges();
        await db.SaveChangesAsync();

        await AssertAsync("a");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task BothFollowTheTransaction_WhenTheApplicationHasBegunOne(bool commits)
    {
        await using ShopContext db = await OpenAsync();
        await using (IDbContextTransaction transaction = await db.Database.BeginTransactionAsync())
        {
            await AddAsync(db, "a");
            await db.SaveChangesAsync();
            if (commits)
                await transaction.CommitAsync();
        }

        await db.SaveChangesAsync();

        await (commits ? AssertAsync("a") : AssertAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task BothFollowTheTransaction_WhenTheJobWasEnqueuedBeforeIt(bool commits)
    {
        await using ShopContext db = await OpenAsync();
        await AddAsync(db, "a");
        await using (IDbContextTransaction transaction = await db.Database.BeginTransactionAsync())
        {
            await db.SaveChangesAsync();
            await db.SaveChangesAsync();
            if (commits)
                await transaction.CommitAsync();
        }

        // The context believes the row to be saved, so the job must not come without it.
        await db.SaveChangesAsync();

        await (commits ? AssertAsync("a") : AssertAsync());
    }

    [Fact]
    public async Task JobIsForgotten_WhenPendingJobsAreCleared()
    {
        await using ShopContext db = await OpenAsync();
        await AddAsync(db, "a");
        db.ChangeTracker.Clear();
        db.ClearPendingJobs();
        await AddAsync(db, "b");

        await db.SaveChangesAsync();

        await AssertAsync("b");
    }

    [Fact]
    public async Task JobsOfThePreviousUserAreNotWritten_WhenContextsArePooled()
    {
        await _shop.CreateAsync(pooled: true);
        ShopContext first;
        await using (AsyncServiceScope scope = _shop.Services.CreateAsyncScope())
        {
            first = scope.ServiceProvider.GetRequiredService<ShopContext>();
            await AddAsync(first, "a");
            _shop.Faults.Next = 1;
            await Assert.ThrowsAsync<LostCommitException>(() => first.SaveChangesAsync());
        }

        await using (AsyncServiceScope scope = _shop.Services.CreateAsyncScope())
        {
            ShopContext second = scope.ServiceProvider.GetRequiredService<ShopContext>();
            Assert.Same(first, second);
            await AddAsync(second, "b");
            await second.SaveChangesAsync();
        }

        await AssertAsync("b");
    }

    [Fact]
    public async Task ManyJobsAndCanvasesAreWrittenInOrder_WhenTheyAreEnqueuedTogether()
    {
        await using ShopContext db = await OpenAsync();
        IReadOnlyList<JobHandle> many = await db.EnqueueManyAsync([new ChargeOrder.Args("a"), new ChargeOrder.Args("b")]);
        CanvasHandle canvas = await db.EnqueueCanvasAsync(Canvas.Job(new ChargeOrder.Args("c")));
        JobHandle one = await db.GetJobClient().EnqueueAsync<ChargeOrder, ChargeOrder.Args>(new ChargeOrder.Args("d"), o => o.Priority = 3);

        await db.SaveChangesAsync();

        foreach (Guid id in (Guid[])[.. many.Select(h => h.Id), canvas.JobIds[0], one.Id])
            Assert.Equal(JobState.Queued, (await _shop.Client.FindAsync(id))!.State);
        Assert.Equal(["a", "b", "c", "d"], (await _shop.ReadAsync()).Jobs);
    }

    [Fact]
    public async Task FirstJobStays_WhenAnotherHasTheKey()
    {
        await using ShopContext db = await OpenAsync();
        JobHandle first = await _shop.Client.EnqueueAsync(new ChargeOrder.Args("a"), o => o.IdempotencyKey = "k");
        JobHandle second = await db.EnqueueAsync(new ChargeOrder.Args("b"), o => o.IdempotencyKey = "k");

        await db.SaveChangesAsync();

        Assert.Equal(["a"], (await _shop.ReadAsync()).Jobs);
        Assert.Equal((false, null), (second.AlreadyExisted, await _shop.Client.FindAsync(second.Id)));
        Assert.NotEqual(first.Id, second.Id);
    }

    [Fact]
    public async Task EveryOrderHasItsJob_WhenManyContextsSaveAndFailAtOnce()
    {
        await _shop.CreateAsync(retries: true);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            var random = new Random(writer);
            for (int round = 0; round < 10; round++)
            {
                await using AsyncServiceScope scope = _shop.Services.CreateAsyncScope();
                ShopContext db = scope.ServiceProvider.GetRequiredService<ShopContext>();
                await AddAsync(db, $"{writer}-{round}");
                await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
                {
                    await using IDbContextTransaction? transaction = random.Next(2) == 0 ? await db.Database.BeginTransactionAsync() : null;
                    await db.SaveChangesAsync();
                    if (transaction is not null && random.Next(2) == 0)
                        await transaction.CommitAsync();
                });
            }
        })));

        (string[] orders, string[] jobs) = await _shop.ReadAsync();
        Assert.InRange(orders.Length, 1, 79);
        Assert.Equal(orders, jobs);
    }

    private static async Task<JobHandle> AddAsync(ShopContext db, string id)
    {
        db.Orders.Add(new Order { Id = id });
        return await db.EnqueueAsync(new ChargeOrder.Args(id));
    }

    private static async Task SaveAsync(ShopContext db, bool sync)
    {
        if (sync)
            db.SaveChanges();
        else
            await db.SaveChangesAsync();
    }

    private async Task AssertAsync(params string[] ids)
    {
        (string[] orders, string[] jobs) = await _shop.ReadAsync();
        Assert.Equal(ids, orders);
        Assert.Equal(ids, jobs);
    }

    private async Task<ShopContext> OpenAsync(bool retries = false)
    {
        await _shop.CreateAsync(retries: retries);
        return _shop.Services.GetRequiredService<IServiceScopeFactory>().CreateScope().ServiceProvider.GetRequiredService<ShopContext>();
    }
}
