using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ProDev.Repositories.EntityFrameworkCore.Tests;

public sealed class RegistrationTests
{
    private static readonly string Key = Convert.ToBase64String(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray());

    [Fact]
    public void OneContextServesTheScope_WhenRepositoriesAndUnitOfWorkAreResolved()
    {
        using var provider = Build(services => services.AddProDevRepositories<AtlasContext>());
        using var first = provider.CreateScope();
        using var second = provider.CreateScope();

        var cities = first.ServiceProvider.GetRequiredService<IRepository<City>>();
        cities.Add(new City { Id = 1, Name = "a", Country = "b" });
        Assert.True(first.ServiceProvider.GetRequiredService<AtlasContext>().ChangeTracker.HasChanges());
        Assert.False(second.ServiceProvider.GetRequiredService<AtlasContext>().ChangeTracker.HasChanges());

        Assert.Same(cities, first.ServiceProvider.GetRequiredService<IRepository<City>>());
        Assert.NotSame(cities, second.ServiceProvider.GetRequiredService<IRepository<City>>());
        Assert.Same(first.ServiceProvider.GetRequiredService<IUnitOfWork>(), first.ServiceProvider.GetRequiredService<IUnitOfWork>());
        Assert.Same(provider.GetRequiredService<CursorSigner>(), second.ServiceProvider.GetRequiredService<CursorSigner>());
        Assert.NotNull(first.ServiceProvider.GetRequiredKeyedService<IUnitOfWork>(typeof(AtlasContext)));
    }

    [Fact]
    public void NothingChanges_WhenAddedTwice()
    {
        var services = new ServiceCollection();
        var builder = services.AddProDevRepositories<AtlasContext>();
        services.AddProDevRepositories<AtlasContext>();

        Assert.Equal(typeof(AtlasContext), builder.ContextType);
        Assert.Same(services, builder.Services);
        using var provider = Build(again =>
        {
            again.AddProDevRepositories<AtlasContext>();
            again.AddProDevRepositories<AtlasContext>();
        });
        using var scope = provider.CreateScope();
        Assert.NotNull(scope.ServiceProvider.GetRequiredService<IUnitOfWork>());
        Assert.Single(services, service => service.ServiceType == typeof(CursorSigner));
    }

    [Fact]
    public void RepositoriesFindTheirContext_WhenThereAreTwo()
    {
        using var provider = Build(services =>
        {
            services.AddProDevRepositories<AtlasContext>();
            services.AddDbContext<LedgerContext>(options => options.UseSqlite("Data Source=:memory:"));
            services.AddProDevRepositories<LedgerContext>();
        });
        using var scope = provider.CreateScope();
        scope.ServiceProvider.GetRequiredService<IRepository<Entry>>().Add(new Entry());
        scope.ServiceProvider.GetRequiredService<IRepository<City>>().Add(new City { Id = 1, Name = "a", Country = "b" });
        Assert.Single(scope.ServiceProvider.GetRequiredService<LedgerContext>().ChangeTracker.Entries());
        Assert.Single(scope.ServiceProvider.GetRequiredService<AtlasContext>().ChangeTracker.Entries());

        var ambiguous = Assert.Throws<InvalidOperationException>(() => scope.ServiceProvider.GetRequiredService<IUnitOfWork>());
        Assert.Equal(
            "Repositories are registered for 2 contexts (AtlasContext, LedgerContext), so which one a unit of work commits must be said: ask for " +
            "the keyed service [FromKeyedServices(typeof(TContext))] IUnitOfWork.",
            ambiguous.Message);
        Assert.NotNull(scope.ServiceProvider.GetRequiredKeyedService<IUnitOfWork>(typeof(LedgerContext)));

        var unknown = Assert.Throws<InvalidOperationException>(() => scope.ServiceProvider.GetRequiredService<IRepository<RegistrationTests>>());
        Assert.StartsWith("'RegistrationTests' is an entity of 0 of the registered contexts (AtlasContext, LedgerContext)", unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ContextIsNamed_WhenItIsNotRegistered()
    {
        var services = new ServiceCollection();
        services.AddProDevRepositories<AtlasContext>();
        using var provider = services.BuildServiceProvider();
        using var scope = provider.CreateScope();
        var fault = Assert.Throws<InvalidOperationException>(() => scope.ServiceProvider.GetRequiredService<IReadRepository<City>>());
        Assert.Equal(
            "Repositories are registered for 'AtlasContext', but the context itself is not. Call services.AddDbContext<AtlasContext>(...).",
            fault.Message);
    }

    [Fact]
    public void AllFaultsAreReportedTogether_WhenSettingsAreWrong()
    {
        using var provider = Build(services => services.AddProDevRepositories<AtlasContext>(options =>
        {
            options.CursorKeys.Add("not base64");
            options.CursorKeys.Add(Convert.ToBase64String(new byte[5]));
            options.CursorKeys.Add(Key);
            options.CursorKeys.Add(Key);
        }));
        var fault = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate());
        Assert.Equal(
            [
                "CursorKeys[0] is not base64. Generate a key with: openssl rand -base64 32",
                "CursorKeys[1] has '5' bytes and at least 32 are needed. Generate a key with: openssl rand -base64 32",
                "CursorKeys[3] is listed twice. List each key once, the signing key first.",
            ],
            fault.Failures);
    }

    [Fact]
    public void TwoNodesUnderstandEachOther_WhenTheyShareAKey()
    {
        using var first = Build(services => services.AddProDevRepositories<AtlasContext>(options => options.CursorKeys.Add(Key)));
        using var second = Build(services => services.AddProDevRepositories<AtlasContext>(options => options.CursorKeys.Add(Key)));
        using var stranger = Build(services => services.AddProDevRepositories<AtlasContext>());

        var cursor = first.GetRequiredService<CursorSigner>().Sign(new CursorPosition([7]), [1]);
        Assert.Equal(7, second.GetRequiredService<CursorSigner>().Verify(cursor, [1], [typeof(int)]).Values[0]);
        var fault = Assert.Throws<InvalidCursorException>(() => stranger.GetRequiredService<CursorSigner>().Verify(cursor, [1], [typeof(int)]));
        Assert.Equal(CursorFault.UnknownKey, fault.Fault);
    }

    private static ServiceProvider Build(Action<IServiceCollection> add)
    {
        var services = new ServiceCollection();
        services.AddDbContext<AtlasContext>(options => options.UseSqlite("Data Source=:memory:"));
        add(services);
        return services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true });
    }

    private sealed class Entry
    {
        public int Id { get; set; }
    }

    private sealed class LedgerContext(DbContextOptions<LedgerContext> options) : DbContext(options)
    {
        public DbSet<Entry> Entries => Set<Entry>();
    }
}
