using Microsoft.Extensions.Time.Testing;

namespace ProDev.Jobs.PostgreSql.Tests;

[Trait("Requires", "PostgreSQL")]
public sealed class WaitAnnouncerTests : IAsyncDisposable
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(20);

    private readonly FakeTimeProvider _time = new();
    private readonly TempSchema _schema = new();
    private readonly PostgreSqlDatabase _database;
    private readonly WakeChannel _channel;

    public WaitAnnouncerTests()
    {
        _database = new PostgreSqlDatabase(_schema.CreateOptions(), null);
        _channel = new WakeChannel(_database, _schema.Name);
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _schema.Dispose();
    }

    [Fact]
    public async Task IsHeardASecondAfterItsWordHasComeBack_WhenItWasSaid()
    {
        var announcer = new WaitAnnouncer(_channel, _time);
        announcer.Touch();
        await announcer.DrainAsync();
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.False(announcer.IsHeard);

        announcer.Heard();
        Assert.False(announcer.IsHeard);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(announcer.IsHeard);
        announcer.Heard();
        Assert.True(announcer.IsHeard);

        announcer.Forget();
        Assert.False(announcer.IsHeard);
    }

    [Fact]
    public void IsNotHeardAnyMore_WhenTheOthersMayHaveForgotten()
    {
        var announcer = new WaitAnnouncer(_channel, _time);
        announcer.Heard();
        _time.Advance(WaitAnnouncer.Validity);
        Assert.False(announcer.IsHeard);

        announcer.Heard();

        Assert.False(announcer.IsHeard);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(announcer.IsHeard);
    }

    [Fact]
    public async Task WaitIsALongOne_WhenItsWordHasComeBack()
    {
        using var neighbours = new Neighbours(_database, _channel, _time, listens: true);
        using var hang = new CancellationTokenSource(Hang);
        Task wait;
        do
        {
            await neighbours.WaitForEndAsync(null, TimeSpan.Zero, hang.Token);
            _time.Advance(TimeSpan.FromSeconds(1));
            wait = neighbours.WaitForEndAsync(Guid.NewGuid(), TimeSpan.FromHours(1), hang.Token);
            _time.Advance(TimeSpan.FromMilliseconds(999));
            await Task.Delay(5, hang.Token);
        }
        while (wait.IsCompleted);

        _time.Advance(TimeSpan.FromMilliseconds(1));
        await wait.WaitAsync(Hang, hang.Token);
        await neighbours.StopAsync();
    }
}
