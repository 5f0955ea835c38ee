using GeoNames;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProDev.Jobs;
using ProDev.Quickstart.Tests.GeoNames;
using Quickstart;
using Quickstart.Data;
using Quickstart.Import;
using Quickstart.Model;

namespace ProDev.Quickstart.Tests.Import;

public sealed class ImportCountryTests : IAsyncLifetime
{
    private static readonly JobContext First = new(Guid.NewGuid(), "atlas.import-country");
    private static readonly JobContext Second = new(Guid.NewGuid(), "atlas.import-country");

    private readonly TestFolder _folder = new();
    private AtlasFiles _files = null!;
    private ServiceProvider _services = null!;

    public async Task InitializeAsync()
    {
        new TinyPackage().WriteFolder(_folder["source"]);
        using (var package = SourcePackage.Open(_folder["source"]))
            DataFolder.Write(SourceGazetteer.Read(package), _folder["data"]);

        _files = AtlasFiles.Choose(_folder["atlas.db"]);
        var services = new ServiceCollection();
        services.AddAtlas(Gazetteer.Open(_folder["data"]), _files);
        _services = services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
        await _services.PrepareAtlasAsync(_files);
    }

    public async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        _files.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Rows_and_ledger_are_written_when_a_country_is_imported()
    {
        await RunAsync("FR", First);

        await using var db = Database();
        Assert.Equal(4, await db.Cities.CountAsync(x => x.CountryCode == "FR"));
        Assert.Equal(2, await db.Districts.CountAsync());
        Assert.Equal(1, await db.Regions.CountAsync());
        var entry = await db.ImportedCountries.SingleAsync();
        Assert.Equal(("FR", 1, 2, 4, First.Id), (entry.CountryCode, entry.Regions, entry.Districts, entry.Cities, entry.JobId));
        Assert.Equal(7, _services.GetRequiredService<ImportProgress>().Rows);
    }

    [Fact]
    public async Task Nothing_changes_when_a_job_runs_a_second_time()
    {
        await RunAsync("FR", First);
        await RunAsync("FR", Second);

        await using var db = Database();
        Assert.Equal(First.Id, (await db.ImportedCountries.SingleAsync()).JobId);
        Assert.Equal(4, await db.Cities.CountAsync());
        Assert.Equal(7, _services.GetRequiredService<ImportProgress>().Rows);
    }

    [Fact]
    public async Task Effect_happens_once_when_many_runs_of_a_job_meet()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => RunAsync("FR", First))));

        await using var db = Database();
        Assert.Equal(1, await db.ImportedCountries.CountAsync());
        Assert.Equal(4, await db.Cities.CountAsync());
        Assert.Equal(7, _services.GetRequiredService<ImportProgress>().Rows);
    }

    [Fact]
    public async Task Nothing_is_written_when_the_last_insert_fails()
    {
        // The number 5 belongs to the last city of France.
        await using var db = Database();
        db.Add(new Country { Code = "XX" });
        db.Add(new City { Id = 5, CountryCode = "XX", Name = "In the way", Latitude = 0, Longitude = 0 });
        await db.SaveChangesAsync();

        await Assert.ThrowsAnyAsync<Exception>(() => RunAsync("FR", First));

        Assert.Equal(0, await db.ImportedCountries.CountAsync());
        Assert.Equal(0, await db.Countries.CountAsync(x => x.Code == "FR"));
        Assert.Equal(0, await db.Regions.CountAsync());
        Assert.Equal(0, await db.Districts.CountAsync());
        Assert.Equal(1, await db.Cities.CountAsync());
        Assert.Equal(0, _services.GetRequiredService<ImportProgress>().Rows);
    }

    private async Task RunAsync(string country, JobContext context)
    {
        await using var scope = _services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ImportCountry>().RunAsync(new ImportCountry.Args(country), context, CancellationToken.None);
    }

    private AtlasDb Database() => _services.GetRequiredService<IDbContextFactory<AtlasDb>>().CreateDbContext();
}
