using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProDev.Repositories;

namespace ProDev.Readme.Tests;

#region snippet: tour-repositories
public sealed class CitiesOf : Specification<City, string>
{
    public CitiesOf(string country)
    {
        Where(city => city.Country == country);
        OrderBy(city => city.Name);   // the primary key breaks ties by itself
        Select(city => city.Name);
    }
}
#endregion

public sealed class City
{
    public int Id { get; set; }

    public required string Country { get; set; }

    public required string Name { get; set; }
}

public sealed class AtlasDb(DbContextOptions<AtlasDb> options) : DbContext(options)
{
    public DbSet<City> Cities => Set<City>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.Entity<City>().HasIndex(city => new { city.Country, city.Name });
}

public class RepositoriesTour
{
    private const string CursorKey = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    [Fact]
    public async Task TurnsThePage_WhenGivenTheCursor()
    {
        var folder = Directory.CreateTempSubdirectory("prodev-readme-");
        var services = new ServiceCollection();
        services.AddDbContext<AtlasDb>(o => o.UseSqlite($"Data Source={Path.Combine(folder.FullName, "atlas.db")};Pooling=False"));
        #region snippet: tour-repositories-registration
        services.AddProDevRepositories<AtlasDb>(o => o.CursorKeys.Add(CursorKey));
        #endregion
        await using (var provider = services.BuildServiceProvider())
        {
            await using var scope = provider.CreateAsyncScope();
            await Fill(scope.ServiceProvider);
            var cities = scope.ServiceProvider.GetRequiredService<IReadRepository<City>>();
            #region snippet: tour-repositories-page
            CursorPage<string> first = await cities.PageAsync(new CitiesOf("FR"), CursorRequest.First(20));
            CursorPage<string> second = await cities.PageAsync(new CitiesOf("FR"), CursorRequest.After(first.Next!, 20));
            #endregion
            Assert.Equal(20, first.Items.Count);
            Assert.Equal(5, second.Items.Count);
            Assert.False(second.HasNext);
        }

        folder.Delete(recursive: true);
    }

    private static async Task Fill(IServiceProvider services)
    {
        await services.GetRequiredService<AtlasDb>().Database.EnsureCreatedAsync();
        var cities = services.GetRequiredService<IRepository<City>>();
        for (var number = 0; number < 25; number++)
        {
            cities.Add(new City { Country = "FR", Name = $"Ville {number:00}" });
        }

        await services.GetRequiredService<IUnitOfWork>().CommitAsync();
    }
}
