using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ProDev.Jobs.Soak;

/// <summary>
/// Both changes of the clock in four zones, in virtual time, from the schedule to the run. A daily time that is skipped or repeated comes once on every day, and
/// every half hour comes each half hour. What is expected is computed from the days, not from the library's own reading.
/// </summary>
public sealed class ClocksChanged : Fault
{
    private static readonly TimeSpan HalfHour = TimeSpan.FromMinutes(30);

    /// <summary>A zone, the day of a change, a time that is skipped or repeated on it. The days are a week apart, since time only goes forward.</summary>
    private static readonly (string Zone, string Day, string Cron)[] Changes =
    [
        ("Europe/Berlin", "2026-03-29", "30 2 * * *"), ("Europe/Berlin", "2026-10-25", "30 2 * * *"),
        ("America/New_York", "2026-03-08", "30 2 * * *"), ("America/New_York", "2026-11-01", "30 1 * * *"),
        ("Australia/Lord_Howe", "2026-10-04", "15 2 * * *"), ("Australia/Lord_Howe", "2027-04-04", "45 1 * * *"),
        ("America/Santiago", "2026-09-06", "30 0 * * *"), ("America/Santiago", "2026-04-04", "30 23 * * *"),
    ];

    public override string Name => "clocks-changed";

    public override int FewTimes => Changes.Length;

    public override int ManyTimes => Changes.Length;

    public override async Task RunAsync(FaultRun run, int times)
    {
        int first = run.Random.Next(Changes.Length);
        (string Zone, string Day, string Cron)[] changes = [.. Enumerable.Range(first, times).Select(static i => Changes[i % Changes.Length])];

        DateTimeOffset[] starts = [.. changes.Select(static c => StartOf(c.Day))];
        Array.Sort(starts, changes);
        var clock = new FakeTimeProvider(starts[0]);
        IServiceProvider services = (await run.HostWorkerAsync(clock: clock)).Services;
        for (int i = 0; i < changes.Length; i++)
        {
            if (starts[i] > clock.GetUtcNow())
                clock.SetUtcNow(starts[i]);
            await PassAsync(run, services, clock, changes[i], $"c{i.ToString(CultureInfo.InvariantCulture)}");
        }
    }

    private static async Task PassAsync(
        FaultRun run, IServiceProvider services, FakeTimeProvider clock, (string Zone, string Day, string Cron) change, string name)
    {
        IJobSchedules schedules = services.GetRequiredService<IJobSchedules>();
        DateTimeOffset end = StartOf(change.Day).AddDays(5);
        await schedules.PutAsync(s => s
            .Cron(name + "-daily", change.Cron, new TickJob.Args(change.Zone), o => (o.TimeZone, o.CatchUp) = (change.Zone, ScheduleCatchUp.All))
            .Cron(name + "-often", "*/30 * * * *", new TickJob.Args(change.Zone), o => (o.TimeZone, o.CatchUp) = (change.Zone, ScheduleCatchUp.All)));
        while (clock.GetUtcNow() < end)
        {
            // Sometimes each occurrence by itself, sometimes some that were missed together.
            clock.Advance(TimeSpan.FromMinutes(run.Random.Next(10, 240)));
            await SettleAsync(services);
        }

        await schedules.RemoveAsync(name + "-daily");
        await schedules.RemoveAsync(name + "-often");
        run.Inject("change of the clock");
        var day = DateOnly.Parse(change.Day, CultureInfo.InvariantCulture);
        OccurrenceChecker.CheckDaily(run, name + "-daily", TimeZoneInfo.FindSystemTimeZoneById(change.Zone), day.AddDays(-1), day.AddDays(1));
        OccurrenceChecker.CheckInterval(run, name + "-often", HalfHour);
    }

    private static async Task SettleAsync(IServiceProvider services)
    {
        IJobStore store = services.GetRequiredService<IJobStore>();
        IJobClient client = services.GetRequiredService<IJobClient>();
        if (!await FaultRun.UntilAsync(async () =>
            (await store.ListDueSchedulesAsync(1, default)).Schedules.Count == 0 && (await client.CountAsync()).Pending == 0))
        {
            throw new InvalidOperationException("A schedule that is due does not fire, or its job does not run.");
        }
    }

    private static DateTimeOffset StartOf(string day)
        => new DateTimeOffset(DateTime.Parse(day, CultureInfo.InvariantCulture), TimeSpan.Zero).AddDays(-2);
}
