using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace ProDev.Repositories.EntityFrameworkCore.Tests;

public sealed class ShopTests : IAsyncLifetime
{
    private const int Tenants = 3;

    private readonly string _path = Path.Combine(Path.GetTempPath(), $"prodev-shop-{Guid.NewGuid():N}.db");
    private readonly CursorSigner _signer = CursorSigner.CreateEphemeral();

    public async Task InitializeAsync()
    {
        await using var context = Open(0);
        await context.Database.EnsureCreatedAsync();
        var customers = Enumerable.Range(0, 20).Select(i => new Customer { Name = $"Customer {i % 7}" }).ToArray();
        for (var i = 0; i < 300; i++)
        {
            var order = i % 4 == 0 ? new GiftOrder { Message = $"For you {i}" } : new Order();
            order.Tenant = i % Tenants;
            order.Total = i % 5;
            order.Address = i % 6 == 0 ? null : new Address { City = i % 5 == 0 ? null : $"City {i % 9}", Street = $"Street {i % 4}" };
            order.Extra.Note = $"note {i}";
            order.Customer = customers[i % 20];
            order.Lines.Add(new OrderLine { Quantity = i });
            order.Lines.Add(new OrderLine { Quantity = i + 1 });
            context.Add(order);
        }

        await context.SaveChangesAsync();
    }

    public Task DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        File.Delete(_path);
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData(7)]
    [InlineData(50)]
    public async Task EntitiesAreWhole_WhenTheyOwnValuesCollectionsAndJson(int size)
    {
        for (var tenant = 0; tenant < Tenants; tenant++)
        {
            await using var context = Open(tenant);
            var expected = await context.Orders.AsNoTracking().OrderByDescending(o => o.Total).ThenByDescending(o => o.Id).ToListAsync();
            var walked = await Walk.ForwardAsync(request => context.Orders.PageAsync(new ByTotal(), request, _signer), size);
            Assert.Equal(expected.Select(o => o.Id), walked.Select(o => o.Id));
            Assert.All(walked, order => Assert.Equal(tenant, order.Tenant));
            Assert.All(walked, order => Assert.Equal(2, order.Lines.Count));
            Assert.All(walked, order => Assert.StartsWith("note ", order.Extra.Note, StringComparison.Ordinal));
            Assert.All(walked, order => Assert.NotNull(order.Customer));
            Assert.Equal(expected.Count(o => o is GiftOrder), walked.Count(o => o is GiftOrder));
        }
    }

    [Fact]
    public async Task OwnedPropertyIsAKey_WhenTheOwnedValueMayBeMissing()
    {
        await using var context = Open(1);
        var expected = await context.Orders.OrderBy(o => o.Address!.Street).ThenByDescending(o => o.Address!.City).ThenByDescending(o => o.Id).Select(o => o.Id).ToListAsync();
        var forward = await Walk.ForwardAsync(request => context.Orders.PageAsync(new ByAddress(), request, _signer), 7);
        var backward = await Walk.BackwardAsync(request => context.Orders.PageAsync(new ByAddress(), request, _signer), 7);
        Assert.Equal(expected, forward);
        Assert.Equal(expected, backward);
    }

    [Fact]
    public async Task PrimaryKeyIsAppended_WhenItHasNoProperty()
    {
        await using var context = Open(1);
        var walked = await Walk.ForwardAsync(request => context.Set<Customer>().PageAsync(new CustomersByName(), request, _signer), 3);
        Assert.Equal(20, walked.Count);
        Assert.Equal(walked.OrderBy(name => name, StringComparer.Ordinal), walked);
    }

    [Fact]
    public async Task DerivedEntitiesArePaged_WhenAskedFor()
    {
        await using var context = Open(0);
        var walked = await Walk.BackwardAsync(request => context.Set<GiftOrder>().PageAsync(new Gifts(), request, _signer), 4);
        Assert.Equal(await context.Set<GiftOrder>().LongCountAsync(), walked.Count);
        Assert.All(walked, order => Assert.Equal(2, order.Lines.Count));
    }

    [Fact]
    public async Task FilterReadsTheContextOfTheCall_WhenOneCompiledQueryServesManyTenants()
    {
        foreach (var tenant in new[] { 0, 1, 2, 1 })
        {
            await using var context = Open(tenant);
            var orders = await context.Orders.ListAsync(new All());
            Assert.Equal(100, orders.Count);
            Assert.All(orders, order => Assert.Equal(tenant, order.Tenant));
            Assert.Equal(100, await context.Orders.CountAsync(new All()));
            Assert.Equal(2, CompiledQueries.Of(context.Model).CountOf(typeof(All)));
        }
    }

    private ShopContext Open(int tenant) => new(new DbContextOptionsBuilder<ShopContext>().UseSqlite($"Data Source={_path}").Options, tenant);

    private sealed class ByTotal : Specification<Order>
    {
        public ByTotal()
        {
            OrderByDescending(o => o.Total);
            Unbounded();
        }
    }

    private sealed class All : Specification<Order>
    {
        public All() => Unbounded();
    }

    private sealed class ByAddress : Specification<Order, int>
    {
        public ByAddress()
        {
            OrderBy(o => o.Address!.Street);
            ThenByDescending(o => o.Address!.City);
            Select(o => o.Id);
        }
    }

    private sealed class CustomersByName : Specification<Customer, string>
    {
        public CustomersByName()
        {
            OrderBy(c => c.Name);
            Select(c => c.Name);
        }
    }

    private sealed class Gifts : Specification<GiftOrder>
    {
        public Gifts() => OrderBy(o => o.Message);
    }
}
