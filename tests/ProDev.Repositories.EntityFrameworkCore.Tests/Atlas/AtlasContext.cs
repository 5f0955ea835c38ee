using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace ProDev.Repositories.EntityFrameworkCore.Tests;

public sealed class AtlasContext(DbContextOptions<AtlasContext> options) : DbContext(options)
{
    public DbSet<City> Cities => Set<City>();

    public DbSet<District> Districts => Set<District>();

    public DbSet<Moment> Moments => Set<Moment>();

    public DbSet<Price> Prices => Set<Price>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<City>(city =>
        {
            city.ToTable("Cities");
            city.Property(c => c.RankText).HasConversion<string>();
            city.Property(c => c.Code).HasConversion(code => code.Value, text => new CityCode(text));
            city.Property(c => c.Version).IsConcurrencyToken();
            city.ComplexProperty(c => c.Location);
            city.HasMany(c => c.Tags).WithOne().HasForeignKey(tag => tag.CityId);
            city.HasIndex(c => c.Code).IsUnique();

            city.HasIndex(c => new { c.Name, c.Id });
            city.HasIndex(c => new { c.Population, c.Id });
            city.HasIndex(c => new { c.Founded, c.Id });
            city.HasIndex(c => new { c.Country, c.Population, c.Id }).IsDescending(false, true, true);
            city.HasIndex(c => new { c.Country, c.Population, c.Name, c.Id }).IsDescending(false, true, false, false);
            city.HasIndex(c => new { c.Rank, c.Name, c.Population, c.Id }).IsDescending(true, false, false, false);
            city.HasIndex(c => new { c.Founded, c.Elevation, c.Id }).IsDescending(false, true, true);
            city.HasIndex(c => new { c.RankText, c.Token, c.Id }).IsDescending(false, true, true);
            city.HasIndex(c => new { c.IsCapital, c.Added, c.Id }).IsDescending(true, false, false);
            city.HasIndex(c => new { c.Region, c.Id });
        });
        modelBuilder.Entity<Moment>(moment =>
            moment.Property(m => m.AtConverted).HasConversion(new DateTimeOffsetToBinaryConverter()));
        modelBuilder.Entity<Price>(price =>
        {
            price.HasKey(p => new { p.Country, p.Year });
            price.HasIndex(p => new { p.Amount, p.Country, p.Year });
            price.HasMany(p => p.Notes).WithOne();
        });
    }
}
