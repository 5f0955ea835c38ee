using Microsoft.Extensions.DependencyInjection;

namespace ProDev.Jobs.Tests;

/// <summary>From the schedule to the job, with a worker.</summary>
public sealed class ScheduledRunTests
{
    private static readonly DateTimeOffset First = new(2026, 3, 1, 12, 1, 0, TimeSpan.Zero);

    [Fact]
    public async Task JobKnowsItsScheduleAndTime_WhenAWorkerRunsIt()
    {
        await using JobHost host = await JobHost.CreateAsync(configure: static b => b.AddSchedules(Declare));

        await host.UntilAsync(() => Task.FromResult(host.Runs.Count >= 2), TimeSpan.FromSeconds(1));

        Assert.Equal(new BodyJob.Args("x"), host.Arguments.First());
        Assert.Equal(
            [("sync", (DateTimeOffset?)First), ("sync", First.AddMinutes(1))], host.Runs.Take(2).Select(r => (r.Schedule, r.ScheduledAt)));
        Assert.Equal(Occurrence.IdOf("sync", First), host.Runs.First().Id);
    }

    [Fact]
    public async Task TimeIsUnknown_WhenTheJobWasNotScheduled()
    {
        await using JobHost host = await JobHost.CreateAsync(configure: static b => b.AddSchedules(Declare));

        await host.EnqueueAsync();
        await host.UntilAsync(() => Task.FromResult(host.Runs.Count == 1));
        await host.Services.GetRequiredService<IJobSchedules>().TriggerNowAsync("sync");
        await host.UntilAsync(() => Task.FromResult(host.Runs.Count == 2));

        Assert.Equal([(null, null), ("sync", (DateTimeOffset?)null)], host.Runs.Select(r => (r.Schedule, r.ScheduledAt)));
    }

    private static void Declare(JobSchedulesBuilder schedules)
        => schedules.Every("sync", TimeSpan.FromMinutes(1), new BodyJob.Args("x"));
}
