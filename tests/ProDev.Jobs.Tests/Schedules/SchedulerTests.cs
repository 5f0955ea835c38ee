using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using ProDev.Jobs.Conformance;

namespace ProDev.Jobs.Tests;

/// <summary>The scheduler on a store in memory, in virtual time.</summary>
public sealed class SchedulerTests : IAsyncLifetime
{
    private static readonly CityId City = new(7);
    private static readonly TimeSpan Minute = ScheduleHost.Minute;

    private readonly ScheduleHost _host = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task EveryOccurrenceGetsOneJobWithItsTimeAndArguments()
    {
        await _host.StartAsync(s => s.Every("sync", 5 * Minute, City).Cron("hourly", "30 * * * *", City, o => o.Priority = 3));

        await _host.PassAsync(16 * Minute, Minute);
        LeasedJob first = await _host.Store.TakeOneAsync();
        Assert.Equal(["12:10:00", "12:15:00"], await _host.TakeTimesAsync());
        await _host.PassAsync(15 * Minute, 5 * Minute);

        Assert.Equal(["12:30:00", "12:20:00", "12:25:00", "12:30:00"], await _host.TakeTimesAsync());
        JobEnvelope job = first.Envelope;
        Assert.Equal(("first", "default", 2, "{\"id\":7}"), (job.Name, job.Queue, job.MaxAttempts, System.Text.Encoding.UTF8.GetString(job.Payload.Span)));
        Assert.Equal(("sync", _host.Time.GetUtcNow() - (26 * Minute)), (Occurrence.ScheduleOf(job), Occurrence.TimeOf(job)));
        Assert.Equal(Occurrence.IdOf("sync", _host.Time.GetUtcNow() - (26 * Minute)), job.Id);
    }

    [Fact]
    public async Task EveryOccurrenceIsFiredOnce_WhenTheLeaderIsCutOffFromItsLead()
    {
        // Two of three believe to lead whatever the store says, and see every due schedule at the same time.
        await _host.StartAsync(s => s.Every("sync", Minute, City));
        await _host.StartAsync(s => s.Every("sync", Minute, City), alwaysLeads: true);
        await _host.StartAsync(s => s.Every("sync", Minute, City), alwaysLeads: true);

        await _host.PassAsync(50 * Minute, Minute);

        Assert.Equal(50, (await _host.TakeTimesAsync()).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(50, (await _host.Store.CountAsync(default)).Running);
    }

    [Fact]
    public async Task OtherSchedulerTakesOver_WhenTheLeaderIsGone()
    {
        IHost first = await _host.StartAsync(s => s.Every("sync", Minute, City));
        await _host.PassAsync(Minute);
        Assert.False(await _host.Store.TryLeadAsync("test", Minute, default));

        // The leader is lost without giving up its lead.
        first.Services.GetRequiredService<ObservedStore>().Before = static _ => throw new InvalidOperationException("cut off");
        await _host.StartAsync();
        _host.Time.Advance(Minute);

        await _host.PassAsync(Minute, TimeSpan.FromSeconds(1));
        Assert.Equal(["12:01:00", "12:02:00", "12:03:00"], await _host.TakeTimesAsync());
    }

    [Fact]
    public async Task LeadIsGivenUp_WhenTheHostStops()
    {
        IHost first = await _host.StartAsync(s => s.Every("sync", Minute, City));
        await _host.PassAsync(Minute);

        await first.StopAsync();

        Assert.True(await _host.Store.TryLeadAsync("test", Minute, default));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(-10)]
    public async Task NothingMoves_WhenTheClockOfTheProcessIsWrong(int minutes)
    {
        var clock = new FakeTimeProvider(_host.Time.GetUtcNow().AddMinutes(minutes));
        await _host.StartAsync(s => s.Cron("five", "*/5 * * * *", City).Every("sync", 4 * Minute, City), clock);

        await _host.PassAsync(TimeSpan.FromSeconds(239), TimeSpan.FromSeconds(30));
        Assert.Empty(await _host.TakeTimesAsync());
        await _host.PassAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(["12:04:00"], await _host.TakeTimesAsync());
        await _host.PassAsync(Minute);
        Assert.Equal(["12:05:00"], await _host.TakeTimesAsync());
    }

    [Theory]
    [InlineData(ScheduleCatchUp.None, ScheduleOverlap.Queue, "")]
    [InlineData(ScheduleCatchUp.Last, ScheduleOverlap.Queue, "15:00:00")]
    [InlineData(ScheduleCatchUp.All, ScheduleOverlap.Queue, "14:00:00 14:30:00 15:00:00")]
    [InlineData(ScheduleCatchUp.All, ScheduleOverlap.Skip, "15:00:00")]
    public async Task MissedOccurrencesAreCaughtUpAsThePolicySays_AfterAnOutage(ScheduleCatchUp catchUp, ScheduleOverlap overlap, string expected)
    {
        IHost first = await _host.StartAsync(s => s.Cron("half", "*/30 * * * *", City, o => (o.CatchUp, o.MaxCatchUp, o.Overlap) = (catchUp, 3, overlap)));
        await first.StopAsync();
        _host.Time.Advance(TimeSpan.FromMinutes(190));

        await _host.StartAsync();
        await _host.PassAsync(TimeSpan.Zero);

        Assert.Equal(expected, string.Join(' ', await _host.TakeTimesAsync()));
        await _host.LoggedAsync(43, 1, "half");
        await _host.PassAsync(20 * Minute);
        Assert.Equal(overlap == ScheduleOverlap.Skip ? [] : ["15:30:00"], await _host.TakeTimesAsync());
    }

    [Fact]
    public async Task LateOccurrenceIsFired_WhateverThePolicy_WhenItIsAMinuteOld()
    {
        IHost first = await _host.StartAsync(s => s.Cron("half", "*/30 * * * *", City, o => o.CatchUp = ScheduleCatchUp.None));
        await first.StopAsync();
        _host.Time.Advance(31 * Minute);

        await _host.StartAsync();
        await _host.PassAsync(TimeSpan.Zero);

        Assert.Equal(["12:30:00"], await _host.TakeTimesAsync());
        Assert.DoesNotContain(_host.Logs.Entries, e => e.Id == 43);
    }

    [Fact]
    public async Task ThousandsOfMissedOccurrencesCostNoWalk_AfterALongOutage()
    {
        IHost first = await _host.StartAsync(s => s
            .Cron("second", "* * * * * *", City, o => (o.CatchUp, o.MaxCatchUp) = (ScheduleCatchUp.All, 2))
            .Every("often", TimeSpan.FromSeconds(1), City));
        await first.StopAsync();
        _host.Time.Advance(TimeSpan.FromDays(3650));

        await _host.StartAsync();
        await _host.PassAsync(TimeSpan.Zero);

        Assert.Equal(["11:59:59", "12:00:00", "12:00:00"], (await _host.TakeTimesAsync()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task OverlappingOccurrencesAreQueuedSkippedOrReplaced_AsThePolicySays()
    {
        await _host.StartAsync(s => s
            .Every("queue", Minute, City, o => o.Queue = "queue")
            .Every("skip", Minute, City, o => (o.Queue, o.Overlap) = ("skip", ScheduleOverlap.Skip))
            .Every("replace", Minute, City, o => (o.Queue, o.Overlap) = ("replace", ScheduleOverlap.Replace)));

        await _host.PassAsync(3 * Minute, Minute);

        Assert.Equal(3, (await _host.Store.TakeAsync(10, "queue")).Count);
        LeasedJob skipped = Assert.Single(await _host.Store.TakeAsync(10, "skip"));
        LeasedJob replaced = Assert.Single(await _host.Store.TakeAsync(10, "replace"));
        Assert.Equal(_host.Time.GetUtcNow() - (2 * Minute), Occurrence.TimeOf(skipped.Envelope));
        Assert.Equal(_host.Time.GetUtcNow(), Occurrence.TimeOf(replaced.Envelope));
        await _host.LoggedAsync(42, 2, "skip");

        await _host.Store.CompleteAsync([skipped.Lease], default);
        await _host.PassAsync(Minute);
        Assert.Single(await _host.Store.TakeAsync(10, "skip"));
    }

    [Fact]
    public async Task ScheduleThatIsPutAtRunTimeIsFired_WithoutWaitingForTheNextLook()
    {
        await _host.StartAsync();

        await _host.Schedules.PutAsync(s => s.Every("new", TimeSpan.FromSeconds(1), City));
        await _host.PassAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(["12:00:01"], await _host.TakeTimesAsync());
    }

    [Fact]
    public async Task OccurrencesFollowTheZoneThroughAChangeOfTheClock_InVirtualTime()
    {
        await using var host = new ScheduleHost(new DateTimeOffset(2026, 10, 24, 20, 0, 0, TimeSpan.Zero));
        await host.StartAsync(s => s
            .Cron("fixed", "30 2 * * *", City, o => o.TimeZone = "Europe/Berlin")
            .Cron("hourly", "30 * * * *", City, o => (o.TimeZone, o.Priority) = ("Europe/Berlin", 1)));

        await host.PassAsync(TimeSpan.FromHours(8), TimeSpan.FromMinutes(10));

        Assert.Equal(
            ["20:30:00", "21:30:00", "22:30:00", "23:30:00", "00:30:00", "01:30:00", "02:30:00", "03:30:00", "00:30:00"], await host.TakeTimesAsync());
    }

    [Fact]
    public async Task OthersAreFired_WhenOneScheduleCannotBeRead()
    {
        await _host.Store.PutNewAsync(
            TestSchedules.New("broken", _host.Time.GetUtcNow()) with { Interval = null, Cron = "* * * * *", TimeZone = "Mars/Base" });
        await _host.StartAsync(s => s.Every("sync", TimeSpan.FromSeconds(1), City));

        _host.Time.Advance(TimeSpan.FromSeconds(1));
        await ScheduleHost.UntilAsync(async () =>
        {
            _host.Time.Advance(TimeSpan.FromMilliseconds(100));
            return (await _host.Store.FindScheduleAsync("sync", default))!.LastAt is not null;
        });

        await _host.LoggedAsync(45, 1, "broken");
    }
}
