using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;

namespace Quickstart.Model;

/// <summary>The database: countries, regions, districts, cities, and the ledger of the import.</summary>
internal sealed class AtlasDb(DbContextOptions<AtlasDb> options) : DbContext(options)
{
    public DbSet<Country> Countries => Set<Country>();

    public DbSet<Region> Regions => Set<Region>();

    public DbSet<District> Districts => Set<District>();

    public DbSet<City> Cities => Set<City>();

    public DbSet<ImportedCountry> ImportedCountries => Set<ImportedCountry>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        // Every index below serves a query of this sample. One index a foreign key would double the work of the import.
        configurationBuilder.Conventions.Remove<ForeignKeyIndexConvention>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Country>().HasKey(x => x.Code);

        modelBuilder.Entity<Region>(region =>
        {
            region.HasOne<Country>().WithMany().HasForeignKey(x => x.CountryCode);
        });

        modelBuilder.Entity<District>(district =>
        {
            district.HasOne<Country>().WithMany().HasForeignKey(x => x.CountryCode);
            district.HasOne<Region>().WithMany().HasForeignKey(x => x.RegionId);
        });

        modelBuilder.Entity<City>(city =>
        {
            city.Property(x => x.Id).ValueGeneratedNever();
            city.HasOne<Country>().WithMany().HasForeignKey(x => x.CountryCode);
            city.HasOne<Region>().WithMany().HasForeignKey(x => x.RegionId);
            city.HasOne<District>().WithMany().HasForeignKey(x => x.DistrictId);

            // The page through a country seeks on this one: names are not unique, the number breaks the tie.
            city.HasIndex(x => new { x.CountryCode, x.Name, x.Id });

            // The search for the nearest cities takes a band of latitude from this one.
            city.HasIndex(x => new { x.CountryCode, x.Latitude });
        });

        modelBuilder.Entity<ImportedCountry>(entry =>
        {
            entry.HasKey(x => x.CountryCode);
            entry.HasOne<Country>().WithOne().HasForeignKey<ImportedCountry>(x => x.CountryCode);
        });
    }
}
