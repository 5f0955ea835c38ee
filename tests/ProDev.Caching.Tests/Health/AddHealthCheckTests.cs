using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace ProDev.Caching.Tests;

public sealed class AddHealthCheckTests
{
    private readonly HealthWorld _world = new();

    [Fact]
    public void HasANameAndDegrades_WhenNothingIsSaid()
    {
        var services = new ServiceCollection();
        services.AddHealthChecks().AddProDevCaching().AddKeyedProDevCaching("sessions");

        var checks = Registrations(services);

        Assert.Equal(["prodev-cache", "prodev-cache-sessions"], checks.Select(static check => check.Name));
        Assert.All(checks, static check =>
        {
            Assert.Equal(HealthStatus.Degraded, check.FailureStatus);
            Assert.Empty(check.Tags);
            Assert.Equal(Timeout.InfiniteTimeSpan, check.Timeout);
        });
    }

    [Fact]
    public void TakesWhatIsSaid_ForBothKinds()
    {
        var services = new ServiceCollection();
        services.AddHealthChecks()
            .AddProDevCaching("one", HealthStatus.Unhealthy, ["ready"], TimeSpan.FromSeconds(2))
            .AddKeyedProDevCaching("key", "two", HealthStatus.Unhealthy, ["ready"], TimeSpan.FromSeconds(2));

        var checks = Registrations(services);

        Assert.Equal(["one", "two"], checks.Select(static check => check.Name));
        Assert.All(checks, static check =>
        {
            Assert.Equal(HealthStatus.Unhealthy, check.FailureStatus);
            Assert.Equal(["ready"], check.Tags);
            Assert.Equal(TimeSpan.FromSeconds(2), check.Timeout);
        });
    }

    [Fact]
    public async Task ReportsTheStatusThatWasAskedFor_InAnOutage()
    {
        await using var provider = _world.Start(checks: static checks => checks.AddProDevCaching(failureStatus: HealthStatus.Unhealthy));
        _world.Shared.Store.FailAlways();
        await _world.CallAsync(provider, times: 3);

        Assert.Equal(HealthStatus.Unhealthy, (await HealthWorld.CheckAsync(provider)).Status);
    }

    [Fact]
    public async Task ReportsOfItsOwnCache_WhenThereAreTwo()
    {
        await using var provider = _world.Start(checks: static checks =>
        {
            checks.Services.AddKeyedProDevCaching("sessions");
            checks.AddProDevCaching().AddKeyedProDevCaching("sessions");
        });
        await provider.GetRequiredKeyedService<ProDevHybridCache>("sessions").DisposeAsync();

        var entries = (await HealthWorld.ReportAsync(provider)).Entries;

        Assert.Equal(HealthStatus.Healthy, entries["prodev-cache"].Status);
        Assert.Equal(HealthStatus.Unhealthy, entries["prodev-cache-sessions"].Status);
    }

    [Fact]
    public void RefusesWhatIsMissing_Always()
    {
        var checks = new ServiceCollection().AddHealthChecks();

        Assert.Throws<ArgumentNullException>("builder", static () => CachingHealthChecksBuilderExtensions.AddProDevCaching(null!));
        Assert.Throws<ArgumentNullException>("builder", static () => CachingHealthChecksBuilderExtensions.AddKeyedProDevCaching(null!, "key"));
        Assert.Throws<ArgumentNullException>("name", () => checks.AddProDevCaching(null!));
        Assert.Throws<ArgumentNullException>("serviceKey", () => checks.AddKeyedProDevCaching(null!));
        Assert.Throws<ArgumentOutOfRangeException>("timeout", () => checks.AddProDevCaching(timeout: TimeSpan.Zero));
    }

    private static List<HealthCheckRegistration> Registrations(ServiceCollection services)
    {
        using var provider = services.BuildServiceProvider();
        return [.. provider.GetRequiredService<IOptions<HealthCheckServiceOptions>>().Value.Registrations];
    }
}
