using ProDev.Jobs.Soak;

namespace ProDev.Jobs.Faults.Tests;

/// <summary>A server of our own goes down.</summary>
[Trait("Requires", "PostgreSQL")]
public sealed class ServerLostTests : IAsyncLifetime
{
    private PrivatePostgres _server = null!;

    public async Task InitializeAsync() => _server = await PrivatePostgres.StartAsync();

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Fact]
    public async Task NothingIsLost_WhenTheServerIsRestartedOrKilled()
    {
        await FaultCases.NothingIsLostAsync("server-restarted", PostgreSqlSoakStore.Name, _server.ConnectionString, _server);
        await FaultCases.NothingIsLostAsync("server-killed", PostgreSqlSoakStore.Name, _server.ConnectionString, _server);
    }
}
