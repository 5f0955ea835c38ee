using Microsoft.Extensions.DependencyInjection;
using ProDev.Caching;

namespace ProDev.Readme.Tests;

#region snippet: tour-caching
public interface ICityCatalog
{
    [Cached(Expiration = "00:10:00", Tags = ["country:{country}"])]
    ValueTask<string> CapitalAsync(string country, CancellationToken ct = default);

    [CacheInvalidates(nameof(CapitalAsync))]
    Task RenameCapitalAsync(string country, string name, CancellationToken ct = default);
}
#endregion

public class CachingTour
{
    [Fact]
    public async Task AsksTheCatalogOnceUntilItIsInvalidated_WhenTheInterfaceIsDecorated()
    {
        var services = new ServiceCollection();
        #region snippet: tour-caching-registration
        services.AddProDevCaching();
        services.AddSingleton<ICityCatalog, CityCatalog>().DecorateWithCache<ICityCatalog>();
        #endregion
        await using var provider = services.BuildServiceProvider();
        var catalog = provider.GetRequiredService<ICityCatalog>();

        Assert.Equal("Bonn", await catalog.CapitalAsync("DE"));
        Assert.Equal("Bonn", await catalog.CapitalAsync("DE"));
        Assert.Equal(1, CityCatalog.Calls);

        await catalog.RenameCapitalAsync("DE", "Berlin");

        Assert.Equal("Berlin", await catalog.CapitalAsync("DE"));
        Assert.Equal(2, CityCatalog.Calls);
    }

    private sealed class CityCatalog : ICityCatalog
    {
        private string _capital = "Bonn";

        public static int Calls { get; private set; }

        public ValueTask<string> CapitalAsync(string country, CancellationToken ct = default)
        {
            Calls++;
            return ValueTask.FromResult(_capital);
        }

        public Task RenameCapitalAsync(string country, string name, CancellationToken ct = default)
        {
            _capital = name;
            return Task.CompletedTask;
        }
    }
}
