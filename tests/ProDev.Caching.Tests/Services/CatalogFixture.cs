using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ProDev.Caching.Tests;

/// <summary>A container with a decorated catalog and a clock that stands still.</summary>
internal sealed class CatalogFixture : IDisposable
{
    private readonly ServiceProvider _provider;

    public CatalogFixture(Action<ProDevCachingOptions>? configure = null)
    {
        _provider = new ServiceCollection()
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton<ICityCatalog>(Inner)
            .DecorateWithCache<ICityCatalog>()
            .AddProDevCaching(configure).Services
            .BuildServiceProvider();
    }

    public FakeTimeProvider Time { get; } = new();

    public CityCatalog Inner { get; } = new();

    public ICityCatalog Catalog => _provider.GetRequiredService<ICityCatalog>();

    public ProDevHybridCache Cache => _provider.GetRequiredService<ProDevHybridCache>();

    public void Dispose() => _provider.Dispose();
}
