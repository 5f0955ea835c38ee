using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace ProDev.Jobs.Tests;

/// <summary>Schedules.</summary>
public sealed partial class TelemetryTests
{
    [Fact]
    public async Task OccurrenceIsASpanThatTheRunBelongsToAndAMeasurement()
    {
        var definition = new JobDefinition("schedules.measured");
        using var measured = new Measurements(definition.Name);
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "ProDev.Jobs",
            Sample = static (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = a =>
            {
                if ((string?)a.GetTagItem("prodev.job.name") == definition.Name)
                    spans.Enqueue(a);
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using JobHost host = await JobHost.CreateAsync(definition, static b => b.AddSchedules(EveryMinute));

        await host.UntilAsync(() => Task.FromResult(spans.Count >= 2), TimeSpan.FromSeconds(1));

        Activity send = spans.First(s => s.Kind == ActivityKind.Producer);
        Activity run = spans.First(s => s.Kind == ActivityKind.Consumer);
        Assert.Equal((send.TraceId, send.SpanId), (run.TraceId, run.ParentSpanId));
        (double value, Dictionary<string, object?> tags) = measured.Of("prodev.jobs.occurrences").First();
        Assert.Equal((1, "enqueued", "sync"), (value, tags["prodev.schedule.outcome"], tags["prodev.schedule.name"]));
    }

    [Fact]
    public async Task ScheduleGoesOn_WhenAListenerToMeasurementsThrows()
    {
        var definition = new JobDefinition("schedules.thrown");
        using var measured = new Measurements(definition.Name) { Failure = new InvalidOperationException("a broken listener") };
        await using JobHost host = await JobHost.CreateAsync(definition, static b => b.AddSchedules(EveryMinute));

        await host.UntilAsync(() => Task.FromResult(host.Runs.Count >= 2), TimeSpan.FromSeconds(1));

        DateTimeOffset first = new(2026, 3, 1, 12, 1, 0, TimeSpan.Zero);
        Assert.Equal([first, first.AddMinutes(1)], host.Runs.Take(2).Select(r => r.ScheduledAt!.Value));
    }

    private static void EveryMinute(JobSchedulesBuilder schedules)
        => schedules.Every("sync", TimeSpan.FromMinutes(1), new BodyJob.Args("x"));
}
