using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace ProDev.Jobs.Tests;

/// <summary>What is wrong is said where it is written.</summary>
public sealed class ScheduleRegistrationTests
{
    private static readonly CityId City = new(7);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public static TheoryData<Action<JobSchedulesBuilder>, string> Faults() => new()
    {
        { s => s.Cron("", "@daily", City), "The schedule name '' is malformed. Allowed are 1 to 128 of: letters A-Z and a-z, digits" },
        { s => s.Cron("a b", "@daily", City), "The schedule name 'a b' is malformed." },
        { s => s.Cron("a", "61 * * * *", City), "The schedule 'a' has the cron expression '61 * * * *', which cannot be read: The given cron expression has an invalid format. Minutes:" },
        { s => s.Cron("a", "", City), "For example '0 9 * * 1-5'" },
        { s => s.Cron("a", "* * *", City), "Allowed are five fields" },
        { s => s.Cron("a", "@reboot", City), "or a macro such as '@daily'" },
        { s => s.Cron("a", "H * * * *", City), "which cannot be read" },
        { s => s.Cron("a", "0 0 30 2 *", City), "The schedule 'a' has the cron expression '0 0 30 2 *', which never occurs" },
        { s => s.Cron("a", "@daily", City, o => o.TimeZone = "Mars/Base"), "The schedule 'a' has the time zone 'Mars/Base', which this system does not know. Allowed are the ids of the IANA" },
        { s => s.Cron("a", "@daily", City, o => o.TimeZone = ""), "has the time zone ''" },
        { s => s.Cron("a", "@daily", City, o => o.TimeZone = "W. Europe Standard Time"), "such as 'Europe/Berlin' or 'UTC'" },
        { s => s.Cron("a", "@daily", City, o => o.Anchor = DateTimeOffset.UnixEpoch), "has a cron expression and the Anchor '1970-01-01" },
        { s => s.Every("a", TimeSpan.Zero, City), "The schedule 'a' has the interval '00:00:00'. Allowed are whole milliseconds from 1 second to ten years. For example TimeSpan.FromMinutes(5)." },
        { s => s.Every("a", TimeSpan.FromMilliseconds(1000.5), City), "has the interval '00:00:01.0005000'" },
        { s => s.Every("a", TimeSpan.FromDays(4000), City), "has the interval '4000.00:00:00'" },
        { s => s.Every("a", Minute, City, o => o.TimeZone = "UTC"), "has an interval and the TimeZone 'UTC'" },
        { s => s.Every("a", Minute, City, o => o.MaxCatchUp = 0), "ScheduleOptions.MaxCatchUp of the schedule 'a' is '0'. Set it from 1 to 1000." },
        { s => s.Every("a", Minute, City, o => o.Overlap = (ScheduleOverlap)9), "ScheduleOptions.Overlap of the schedule 'a' is '9'." },
        { s => s.Every("a", Minute, City, o => o.CatchUp = (ScheduleCatchUp)9), "ScheduleOptions.CatchUp of the schedule 'a' is '9'." },
        { s => s.Every("a", Minute, City, o => o.Priority = 10), "ScheduleOptions.Priority of the schedule 'a' is '10'." },
        { s => s.Every("a", Minute, City, o => o.Expires = TimeSpan.Zero), "ScheduleOptions.Expires of the schedule 'a' is '00:00:00'." },
        { s => s.Every("a", Minute, City, o => o.Queue = "no queue!"), "The queue name 'no queue!' is malformed." },
        { s => s.Every("a", Minute, City, o => o.MaxAttempts = 0), "MaxAttempts is '0'" },
        { s => s.Every("a", Minute, City).Cron("a", "@daily", City), "Two schedules have the name 'a'." },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void ScheduleIsRefusedAtRegistration_WhenItIsWrong(Action<JobSchedulesBuilder> schedules, string message)
    {
        IProDevJobsBuilder builder = new ServiceCollection().AddProDevJobs();

        var error = Assert.ThrowsAny<ArgumentException>(() => builder.AddSchedules(schedules));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("@yearly")]
    [InlineData("@monthly")]
    [InlineData("@weekly")]
    [InlineData("@daily")]
    [InlineData("@hourly")]
    [InlineData("@every_minute")]
    [InlineData("@every_second")]
    [InlineData("*/5 9-17 * * MON-FRI")]
    [InlineData("30 0 9 L * *")]
    public void ExpressionIsAccepted(string cron)
        => Assert.NotNull(new ServiceCollection().AddProDevJobs().AddSchedules(s => s.Cron("a", cron, City)));

    [Fact]
    public void DefaultsAreAsDocumented()
    {
        var options = new ScheduleOptions();

        Assert.Equal((ScheduleOverlap.Queue, ScheduleCatchUp.Last, 100, 0), (options.Overlap, options.CatchUp, options.MaxCatchUp, options.Priority));
        Assert.Equal((null, null, null, null, null), (options.TimeZone, options.Anchor, options.Queue, options.MaxAttempts, options.Expires));
    }

    [Fact]
    public async Task HostDoesNotStart_WhenTheStoreCannotKeepSchedules()
    {
        using IHost host = Build(s => s.Every("a", Minute, City), new MinimalStore());

        var error = await Assert.ThrowsAsync<NotSupportedException>(() => host.StartAsync());

        Assert.Equal("The job store 'MinimalStore' cannot keep schedules. Use a provider that can, such as SQLite.", error.Message);
    }

    [Fact]
    public async Task HostStarts_WhenTheStoreCannotKeepSchedulesAndThereAreNone()
    {
        using IHost host = Build(schedules: null, new MinimalStore());

        await host.StartAsync();

        await Assert.ThrowsAsync<NotSupportedException>(() => host.Services.GetRequiredService<IJobSchedules>().ListAsync());
        await host.StopAsync();
    }

    [Fact]
    public async Task HostDoesNotStart_WhenNoJobTakesTheArguments()
    {
        using IHost host = Build(s => s.Every("a", Minute, "text"), store: null);

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync());

        Assert.StartsWith("No registered job takes arguments of type 'System.String'.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HostDoesNotStart_WhenTwoDeclarationsHaveOneName()
    {
        using IHost host = Build(s => s.Every("a", Minute, City), store: null, second: s => s.Cron("a", "@daily", City));

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync());

        Assert.Equal("Two schedules with the name 'a' are declared. Give one of them another name.", error.Message);
    }

    [Fact]
    public void IdOfAnOccurrenceIsTheSameEverywhere_AndSortsByTime()
    {
        DateTimeOffset at = new(2026, 3, 29, 1, 0, 0, TimeSpan.Zero);

        Guid id = Occurrence.IdOf("digest", at);

        Assert.Equal(id, Occurrence.IdOf("digest", at.ToOffset(TimeSpan.FromHours(5))));
        Assert.Equal((8, 0x8), (id.Version, id.Variant & 0xC));
        Assert.StartsWith(at.ToUnixTimeMilliseconds().ToString("x12", System.Globalization.CultureInfo.InvariantCulture), id.ToString("N"), StringComparison.Ordinal);
        Assert.NotEqual(id, Occurrence.IdOf("digest", at.AddMilliseconds(1)));
        Assert.NotEqual(id, Occurrence.IdOf("digest2", at));
        Assert.Equal("019d371a-da80-83cc-be85-10765631da9e", id.ToString());
    }

    private static IHost Build(Action<JobSchedulesBuilder>? schedules, IJobStore? store, Action<JobSchedulesBuilder>? second = null)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(settings: null);
        IProDevJobsBuilder jobs = builder.Services.AddProDevJobs()
            .AddJob<FirstJob, CityId>(new JobDefinition("first"), static _ => new FirstJob()).AddScheduler();
        if (schedules is not null)
            jobs.AddSchedules(schedules);
        if (second is not null)
            jobs.AddSchedules(second);
        if (store is not null)
            builder.Services.Replace(ServiceDescriptor.Singleton(store));
        return builder.Build();
    }
}
