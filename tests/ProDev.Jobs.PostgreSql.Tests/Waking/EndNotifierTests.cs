using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace ProDev.Jobs.PostgreSql.Tests;

[Trait("Requires", "PostgreSQL")]
public sealed class EndNotifierTests : IAsyncLifetime
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(20);

    private readonly FakeTimeProvider _time = new();
    private readonly TempSchema _schema = new();
    private TcpProxy _proxy = null!;
    private PostgreSqlDatabase _database = null!;
    private WakeChannel _channel = null!;
    private EndNotifier _notifier = null!;

    public async Task InitializeAsync()
    {
        var settings = new NpgsqlConnectionStringBuilder(TestPostgres.ConnectionString);
        _proxy = new TcpProxy(settings.Host!, settings.Port);
        (settings.Host, settings.Port) = ("127.0.0.1", _proxy.Port);
        PostgreSqlJobsOptions options = _schema.CreateOptions();
        options.ConnectionString = settings.ConnectionString;
        _database = new PostgreSqlDatabase(options, null);
        _channel = new WakeChannel(_database, _schema.Name);
        _notifier = new EndNotifier(_channel, _time);
        await _database.OpenAsync(default);
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        await _proxy.DisposeAsync();
        _schema.Dispose();
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(1000, 0)]
    public async Task NextWordNamesThemToo_WhenTheOneBeforeCouldNotBeSent(int lost, int named)
    {
        string word = "";
        using NpgsqlConnection listening = TempSchema.Open();
        listening.Notification += (_, e) => word = e.Payload;
        using (var listen = new NpgsqlCommand($"LISTEN \"{_channel.Ended}\"", listening))
            listen.ExecuteNonQuery();
        Guid[] ids = [.. Enumerable.Range(0, lost).Select(_ => Guid.NewGuid())];
        Guid last = Guid.NewGuid();
        _notifier.Awaited();
        _proxy.Cut();
        _notifier.Touch(ids);
        await _notifier.DrainAsync();
        _proxy.Mend();

        _notifier.Touch([last]);

        Assert.True(await listening.WaitAsync(Hang));
        Assert.True(EndMessage.TryRead(word, "me", out IReadOnlyList<Guid> told));
        Assert.Equal(named, told.Count);
        Assert.All(told, id => Assert.Contains(id, ids.Append(last)));
        await _notifier.DrainAsync();
    }
}
