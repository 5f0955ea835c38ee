using Microsoft.EntityFrameworkCore;

namespace ProDev.Jobs.EntityFrameworkCore.Tests;

public sealed class Order
{
    public required string Id { get; set; }

    public string Note { get; set; } = "";
}

public sealed class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options)
{
    public DbSet<Order> Orders => Set<Order>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Order>().Property(o => o.Note).IsConcurrencyToken();
}
