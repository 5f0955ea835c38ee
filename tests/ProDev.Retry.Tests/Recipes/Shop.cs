using Microsoft.EntityFrameworkCore;

namespace ProDev.Retry.Tests.Recipes;

internal sealed class Order
{
    public int Id { get; set; }
}

internal sealed class Shop(DbContextOptions<Shop> options) : DbContext(options)
{
    public DbSet<Order> Orders => Set<Order>();
}
