using Microsoft.EntityFrameworkCore;

namespace ProDev.Repositories.EntityFrameworkCore.Tests;

/// <summary>A model with the mappings that are hardest for a page: owned types, JSON, inheritance, automatic includes, tenants.</summary>
public sealed class ShopContext(DbContextOptions<ShopContext> options, int tenant) : DbContext(options)
{
    public int Tenant { get; set; } = tenant;

    public DbSet<Order> Orders => Set<Order>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Order>(order =>
        {
            order.HasQueryFilter("Tenant", o => o.Tenant == Tenant);
            order.OwnsOne(o => o.Address);
            order.OwnsMany(o => o.Lines, lines => lines.HasKey(line => line.Id));
            order.OwnsOne(o => o.Extra, extra => extra.ToJson());
            order.HasDiscriminator<string>("Kind").HasValue<Order>("plain").HasValue<GiftOrder>("gift");
        });
        modelBuilder.Entity<GiftOrder>();
        modelBuilder.Entity<Customer>(customer =>
        {
            customer.Property<long>("Number");
            customer.HasKey("Number");
        });
        modelBuilder.Entity<Order>().Navigation(o => o.Customer).AutoInclude();
    }
}

public class Order
{
    public int Id { get; set; }
    public int Tenant { get; set; }
    public int Total { get; set; }
    public Address? Address { get; set; }
    public IList<OrderLine> Lines { get; } = new List<OrderLine>();
    public Extra Extra { get; set; } = new();
    public Customer? Customer { get; set; }
}

public sealed class GiftOrder : Order
{
    public string? Message { get; set; }
}

public sealed class Address
{
    public string? City { get; set; }
    public required string Street { get; set; }
}

public sealed class OrderLine
{
    public int Id { get; set; }
    public int Quantity { get; set; }
}

public sealed class Extra
{
    public string? Note { get; set; }
}

public sealed class Customer
{
    public required string Name { get; set; }
}
