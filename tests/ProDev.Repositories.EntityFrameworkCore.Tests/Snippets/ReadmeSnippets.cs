using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ProDev.Repositories.EntityFrameworkCore.Tests;

/// <summary>The code of the READMEs, compiled and run.</summary>
public sealed class ReadmeSnippets(SqliteDatabase database) : IClassFixture<SqliteDatabase>
{
    [Fact]
    public async Task RepositorySnippetsRun()
    {
        var key = Convert.ToBase64String(new byte[32]);
        var services = new ServiceCollection();
        var connectionString = database.ConnectionString;
        var ct = CancellationToken.None;

        #region snippet: repositories-ef-register
        services.AddDbContext<AtlasContext>(options => options.UseSqlite(connectionString));
        services.AddProDevRepositories<AtlasContext>(options => options.CursorKeys.Add(key));
        #endregion

        services.AddScoped<Catalogue>();
        await using var provider = services.BuildServiceProvider();
        await using var scope = provider.CreateAsyncScope();
        var catalogue = scope.ServiceProvider.GetRequiredService<Catalogue>();
        var first = await catalogue.PageAsync("FR", cursor: null, ct);
        var second = await catalogue.PageAsync("FR", first.Next, ct);
        Assert.Equal(20, first.Items.Count);
        Assert.Empty(first.Items.Intersect(second.Items));

        await catalogue.RenameAsync(1, "Renamed", ct);
        await using var context = database.Open();
        Assert.Equal("Renamed", (await context.Cities.FindAsync([1], ct))!.Name);
    }

    [Fact]
    public async Task DbSetSnippetRuns()
    {
        await using var db = database.Open();
        var signer = database.Signer;
        var ct = CancellationToken.None;

        #region snippet: repositories-ef-dbset
        var page = await db.Cities.PageAsync(new LargestCities("FR", 10_000), CursorRequest.First(20), signer, cancellationToken: ct);
        var count = await db.Cities.CountAsync(new LargestCities("FR", 10_000), ct);
        #endregion

        Assert.Equal(20, page.Items.Count);
        Assert.True(count > 20);
    }

    [Fact]
    public async Task TransactionSnippetRuns()
    {
        await using var scope = new RepositoryScope(database);
        var (work, cities, districts) = (scope.UnitOfWork, scope.Cities, scope.Get<IRepository<District>>());
        var (id, ct) = (3, CancellationToken.None);

        #region snippet: repositories-ef-transaction
        await work.InTransactionAsync(
            async token =>
            {
                var district = new District { Id = 21, Name = "New district" };
                districts.Add(district);
                await work.CommitAsync(token);      // written, and undone if anything below fails

                var city = await cities.FindAsync(id, token);
                city!.DistrictId = district.Id;
            },
            ct);
        #endregion

        await using var context = database.Open();
        Assert.Equal(21, (await context.Cities.FindAsync([id], ct))!.DistrictId);
    }
}

#region snippet: repositories-specification
public sealed class LargestCities : Specification<City, CityRow>
{
    public LargestCities(string country, int atLeast)
    {
        Where(c => c.Country == country && c.Population >= atLeast);
        OrderByDescending(c => c.Population);
        ThenBy(c => c.Name);
        Select(c => new CityRow(c.Id, c.Name, c.Population));
    }
}

public sealed record CityRow(int Id, string Name, int? Population);
#endregion

#region snippet: repositories-use
public sealed class Catalogue(IReadRepository<City> cities, IRepository<City> editable, IUnitOfWork work)
{
    public Task<CursorPage<CityRow>> PageAsync(string country, string? cursor, CancellationToken ct) =>
        cities.PageAsync(
            new LargestCities(country, atLeast: 10_000),
            cursor is null ? CursorRequest.First(20) : CursorRequest.After(cursor, 20),
            ct);

    public async Task RenameAsync(int id, string name, CancellationToken ct)
    {
        var city = await editable.FindAsync(id, ct) ?? throw new KeyNotFoundException($"There is no city '{id}'.");
        city.Name = name;
        await work.CommitAsync(ct);
    }
}
#endregion
