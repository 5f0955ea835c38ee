using Microsoft.Extensions.Hosting;

namespace ProDev.Jobs.Tests;

/// <summary>Declarations, and changes at run time.</summary>
public sealed class JobSchedulesTests : IAsyncLifetime
{
    private static readonly CityId City = new(7);
    private static readonly TimeSpan Minute = ScheduleHost.Minute;

    private readonly ScheduleHost _host = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task ScheduleTellsWhatItIs_WhenItIsDeclared()
    {
        await _host.StartAsync(s => s.Cron("digest", "0 9 * * 1-5", City, o =>
            (o.TimeZone, o.Overlap, o.CatchUp, o.Queue) = ("Europe/Berlin", ScheduleOverlap.Skip, ScheduleCatchUp.None, "mail")));

        ScheduleInfo info = Assert.Single(await _host.Schedules.ListAsync());

        Assert.Equal(info, await _host.Schedules.FindAsync("digest"));
        Assert.Equal(
            new ScheduleInfo
            {
                Name = "digest",
                JobName = "first",
                Queue = "mail",
                Cron = "0 9 * * 1-5",
                TimeZone = "Europe/Berlin",
                Overlap = ScheduleOverlap.Skip,
                CatchUp = ScheduleCatchUp.None,
                IsDeclared = true,
                NextAt = new DateTimeOffset(2026, 3, 3, 8, 0, 0, TimeSpan.Zero),
            },
            info);
    }

    [Fact]
    public async Task IntervalKeepsItsPace_WhenHostsStartAgain()
    {
        IHost first = await _host.StartAsync(s => s.Every("sync", 7 * Minute, City));
        await first.StopAsync();
        _host.Time.Advance(3 * Minute);
        await _host.StartAsync(s => s.Every("sync", 7 * Minute, City));

        await _host.PassAsync(12 * Minute, Minute);

        Assert.Equal(["12:07:00", "12:14:00"], await _host.TakeTimesAsync());
    }

    [Fact]
    public async Task IntervalIsCountedFromItsAnchor_WhenThereIsOne()
    {
        await _host.StartAsync(s => s.Every("sync", 7 * Minute, City, o => o.Anchor = _host.Time.GetUtcNow() + (16 * Minute)));

        Assert.Equal(_host.Time.GetUtcNow() + (2 * Minute), (await _host.Schedules.FindAsync("sync"))!.NextAt);
    }

    [Fact]
    public async Task EditAtRunTimeLasts_UntilTheDeclarationChanges()
    {
        Action<JobSchedulesBuilder> declared = s => s.Cron("digest", "0 9 * * *", City);
        await _host.StartAsync(declared);
        await _host.Schedules.PutAsync(s => s.Cron("digest", "0 10 * * *", City));

        await _host.StartAsync(declared);
        Assert.Equal(("0 10 * * *", true), await CronAsync());

        await _host.StartAsync(s => s.Cron("digest", "0 11 * * *", City));
        Assert.Equal(("0 11 * * *", true), await CronAsync());

        await _host.Schedules.RetimeAsync("digest", "0 12 * * *", "Asia/Tokyo");
        await _host.StartAsync(s => s.Cron("digest", "0 11 * * *", City));
        Assert.Equal(("0 12 * * *", true), await CronAsync());

        await _host.StartAsync(s => s.Cron("digest", "0 11 * * *", new CityId(8)));
        Assert.Equal(("0 11 * * *", true), await CronAsync());
    }

    [Fact]
    public async Task OccurrencesAreUnique_WhenTheClassSaysSo()
    {
        await _host.StartAsync(s => s.Every("sync", Minute, new SyncJob.Args(7)).Every("other", Minute, new SyncJob.Args(8)));
        await _host.PassAsync(3 * Minute, Minute);

        JobHandle waiting = (await _host.Schedules.TriggerNowAsync("sync"))!;

        Assert.Equal((true, EnqueueOutcome.Existed), (waiting.AlreadyExisted, waiting.Outcome));
        Assert.Equal(waiting.Id, (await _host.Schedules.FindAsync("sync"))!.LastJobId);
        Assert.Equal(["12:01:00", "12:01:00"], await _host.TakeTimesAsync());
        await _host.PassAsync(2 * Minute, Minute);
        Assert.Empty(await _host.TakeTimesAsync());
    }

    [Fact]
    public async Task ScheduleStaysAndALogTells_WhenItIsDeclaredNoMore()
    {
        await _host.StartAsync(s => s.Cron("digest", "0 9 * * *", City).Cron("other", "0 9 * * *", City));
        Assert.DoesNotContain(_host.Logs.Entries, e => e.Id == 47);

        await _host.StartAsync(s => s.Cron("other", "0 9 * * *", City));

        Assert.NotNull(await _host.Schedules.FindAsync("digest"));
        Assert.Single(_host.Logs.Entries, e => e.Id == 47 && e.Text.Contains("digest", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RemovedScheduleComesBack_WhenItIsStillDeclared()
    {
        await _host.StartAsync(s => s.Every("sync", Minute, City));

        Assert.True(await _host.Schedules.RemoveAsync("sync"));
        Assert.False(await _host.Schedules.RemoveAsync("sync"));
        await _host.PassAsync(2 * Minute, Minute);
        Assert.Empty(await _host.TakeTimesAsync());

        await _host.StartAsync(s => s.Every("sync", Minute, City));
        Assert.NotNull(await _host.Schedules.FindAsync("sync"));
    }

    [Fact]
    public async Task NextTimeStays_WhenOnlyArgumentsOrOptionsArePut()
    {
        await _host.StartAsync();
        await _host.Schedules.PutAsync(s => s.Every("sync", 5 * Minute, City));
        await _host.PassAsync(3 * Minute);

        await _host.Schedules.PutAsync(s => s.Every("sync", 5 * Minute, new CityId(8), o => o.Overlap = ScheduleOverlap.Skip));
        await _host.PassAsync(2 * Minute);
        Assert.Equal(["12:05:00"], await _host.TakeTimesAsync());

        await _host.Schedules.PutAsync(s => s.Every("sync", 4 * Minute, City));
        Assert.Equal(_host.Time.GetUtcNow() + (4 * Minute), (await _host.Schedules.FindAsync("sync"))!.NextAt);
    }

    [Fact]
    public async Task NothingIsFiredNorCaughtUp_WhileAScheduleIsPaused()
    {
        await _host.StartAsync(s => s.Every("sync", Minute, City, o => o.CatchUp = ScheduleCatchUp.All));
        await _host.PassAsync(Minute);

        Assert.True(await _host.Schedules.PauseAsync("sync"));
        Assert.True(await _host.Schedules.PauseAsync("sync"));
        Assert.Equal((true, null), ((await _host.Schedules.FindAsync("sync"))!.IsPaused, (await _host.Schedules.FindAsync("sync"))!.NextAt));
        await _host.PassAsync(5 * Minute, Minute);
        await _host.Schedules.PutAsync(s => s.Every("sync", Minute, City));
        await _host.PassAsync(5 * Minute, Minute);
        Assert.True(await _host.Schedules.ResumeAsync("sync"));
        await _host.PassAsync(Minute);

        Assert.Equal(["12:01:00", "12:12:00"], await _host.TakeTimesAsync());
    }

    [Fact]
    public async Task JobIsEnqueuedAtOnceAndTheNextTimeStays_WhenAScheduleIsTriggered()
    {
        await _host.StartAsync(s => s.Every("sync", 5 * Minute, City, o => o.Overlap = ScheduleOverlap.Skip));
        await _host.Schedules.PauseAsync("sync");

        JobHandle? first = await _host.Schedules.TriggerNowAsync("sync");
        JobHandle? second = await _host.Schedules.TriggerNowAsync("sync");
        await _host.Schedules.ResumeAsync("sync");
        await _host.PassAsync(5 * Minute);

        Assert.NotEqual(first!.Id, second!.Id);
        Assert.Equal(["-", "-", "12:05:00"], await _host.TakeTimesAsync());
    }

    [Fact]
    public async Task AnswersSayThatThereIsNoSuchSchedule()
    {
        await _host.StartAsync();

        Assert.Null(await _host.Schedules.FindAsync("nope"));
        Assert.Null(await _host.Schedules.TriggerNowAsync("nope"));
        Assert.False(await _host.Schedules.PauseAsync("nope"));
        Assert.False(await _host.Schedules.ResumeAsync("nope"));
        Assert.False(await _host.Schedules.RemoveAsync("nope"));
        Assert.False(await _host.Schedules.RetimeAsync("nope", "@daily"));
    }

    [Fact]
    public async Task NothingIsPut_WhenTheJobOfOneIsNotRegistered()
    {
        await _host.StartAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => _host.Schedules.PutAsync(s => s.Every("a", Minute, City).Every("b", Minute, "no job takes a string")));

        Assert.Empty(await _host.Schedules.ListAsync());
    }

    [Fact]
    public async Task EditsAtTheSameTimeAreAllMade()
    {
        await _host.StartAsync(s => s.Every("sync", Minute, City));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => _host.Schedules.PutAsync(s => s.Every($"sync-{i % 2}", Minute, City)))));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(
            () => i % 2 == 0 ? _host.Schedules.PauseAsync("sync") : _host.Schedules.RetimeAsync("sync", "@daily"))));

        ScheduleInfo info = (await _host.Schedules.FindAsync("sync"))!;
        Assert.Equal((true, "@daily", 3), (info.IsPaused, info.Cron, (await _host.Schedules.ListAsync()).Count));
    }

    private async Task<(string? Cron, bool IsDeclared)> CronAsync()
    {
        ScheduleInfo info = (await _host.Schedules.FindAsync("digest"))!;
        return (info.Cron, info.IsDeclared);
    }
}
