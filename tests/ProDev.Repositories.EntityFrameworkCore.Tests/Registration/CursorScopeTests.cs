using Microsoft.Extensions.DependencyInjection;

namespace ProDev.Repositories.EntityFrameworkCore.Tests;

public sealed class CursorScopeTests(SqliteDatabase database) : IClassFixture<SqliteDatabase>
{
    [Fact]
    public async Task CursorIsRefused_WhenAnotherTenantSendsIt()
    {
        var services = new ServiceCollection();
        services.AddDbContext<AtlasContext>(database.Use);
        services.AddScoped<Tenant>();
        services.AddProDevRepositories<AtlasContext>(options => options.CursorScope = provider => provider.GetRequiredService<Tenant>().Name);
        await using var root = services.BuildServiceProvider(validateScopes: true);

        var cursor = (await PageAsync("one", CursorRequest.First(5))).Next!;
        Assert.Equal(5, (await PageAsync("one", CursorRequest.After(cursor, 5))).Items.Count);
        var fault = await Assert.ThrowsAsync<InvalidCursorException>(() => PageAsync("two", CursorRequest.After(cursor, 5)));
        Assert.Equal(CursorFault.WrongScope, fault.Fault);

        async Task<CursorPage<City>> PageAsync(string tenant, CursorRequest request)
        {
            await using var scope = root.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<Tenant>().Name = tenant;
            return await scope.ServiceProvider.GetRequiredService<IReadRepository<City>>().PageAsync(new CitiesIn(KeyShape.TextAscending), request);
        }
    }

    private sealed class Tenant
    {
        public string? Name { get; set; }
    }
}
