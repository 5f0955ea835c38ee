using Microsoft.Extensions.Time.Testing;
using ProDev.Jobs.Conformance;

namespace ProDev.Jobs.Sqlite.Tests;

/// <summary>Schedules in a file that several processes share.</summary>
public sealed class SqliteScheduleTests : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly TempDatabase _database = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task EachOccurrenceIsEnqueuedOnce_WhenTwoProcessesFireIt()
    {
        await using SqliteJobStore one = SqliteStores.Create(_database, _time);
        await using SqliteJobStore other = SqliteStores.Create(_database, _time);
        await one.PutNewAsync(TestSchedules.New("a", _time.GetUtcNow()));

        for (int i = 1; i <= 20; i++)
        {
            JobSchedule read = (await other.FindScheduleAsync("a", default))!;
            ScheduleFired[] answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(
                async () => await (n % 2 == 0 ? one : other).FireScheduleAsync(TestSchedules.Step(read, TestJobs.New()), default))));

            Assert.Single(answers, a => a == ScheduleFired.Enqueued);
            Assert.Equal(i, (await one.CountAsync(default)).Queued);
        }
    }

    [Fact]
    public async Task OnlyOneLeads_WhenTwoProcessesTry()
    {
        await using SqliteJobStore one = SqliteStores.Create(_database, _time);
        await using SqliteJobStore other = SqliteStores.Create(_database, _time);

        Assert.True(await one.TryLeadAsync("one", Minute, default));
        Assert.False(await other.TryLeadAsync("other", Minute, default));
        _time.Advance(Minute);
        Assert.True(await other.TryLeadAsync("other", Minute, default));
    }

    [Fact]
    public async Task ScheduleIsThere_WhenTheFileIsOpenedAgain()
    {
        JobSchedule put;
        await using (SqliteJobStore store = SqliteStores.Create(_database, _time))
            put = await store.PutNewAsync(TestSchedules.New("a", _time.GetUtcNow()));

        await using SqliteJobStore again = SqliteStores.Create(_database, _time);
        JobSchedule got = Assert.Single(await again.ListSchedulesAsync(default));

        Assert.Equal(put with { Job = got.Job }, got);
    }

    [Fact]
    public async Task NothingIsMoved_WhenAJobCannotBeEnqueued()
    {
        await using SqliteJobStore store = SqliteStores.Create(_database, _time);
        JobSchedule schedule = await store.PutNewAsync(TestSchedules.New("a", _time.GetUtcNow()));
        ScheduleFiring broken = TestSchedules.Step(schedule, TestJobs.New(), TestJobs.New() with { Queue = null! });

        await Assert.ThrowsAnyAsync<Exception>(async () => await store.FireScheduleAsync(broken, default));

        Assert.Equal(schedule.NextAt, (await store.FindScheduleAsync("a", default))!.NextAt);
        Assert.Equal(0, (await store.CountAsync(default)).Pending);
        Assert.Equal(ScheduleFired.Enqueued, await store.FireScheduleAsync(TestSchedules.Step(schedule, TestJobs.New()), default));
    }
}
