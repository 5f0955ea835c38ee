using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;

namespace ProDev.Jobs.Tests;

/// <summary>What the meter and the activity source tell. One class, so that its listeners are the only ones while memory is measured.</summary>
public sealed partial class TelemetryTests
{
    private readonly JobDefinition _job = new($"telemetry.{Guid.NewGuid():N}") { Queue = "maps", MaxAttempts = 2, HardTimeLimit = TimeSpan.FromSeconds(6) };

    [Fact]
    public async Task OneTraceLeadsFromTheCallerToEveryAttempt()
    {
        await using JobHost host = await JobHost.CreateAsync(_job);
        host.Body = static (context, _) => context.Attempt == 1 ? throw new JobRetryException(TimeSpan.Zero, "busy") : Task.CompletedTask;
        var spans = new ConcurrentQueue<Activity>();
        using Activity caller = new Activity("caller").SetIdFormat(ActivityIdFormat.W3C).Start();
        using ActivityListener listener = Listen(caller, spans);

        Guid id = await host.EnqueueAsync();
        await host.UntilAsync(id, JobState.Succeeded);
        await host.UntilAsync(() => Task.FromResult(spans.Count == 3));

        Activity send = spans.Single(s => s.Kind == ActivityKind.Producer);
        Activity[] runs = [.. spans.Where(s => s.Kind == ActivityKind.Consumer).OrderBy(s => s.GetTagItem("prodev.job.attempt"))];
        Assert.Equal(caller.SpanId, send.ParentSpanId);
        Assert.All(runs, r => Assert.Equal((caller.TraceId, send.SpanId), (r.TraceId, r.ParentSpanId)));
        Assert.Equal(("enqueue maps", "process maps"), (send.DisplayName, runs[0].DisplayName));
        Assert.Equal(
            ["ProDev.Jobs", "enqueue", "send", "maps", id.ToString(), _job.Name],
            Tags(send, "messaging.system", "messaging.operation.name", "messaging.operation.type", "messaging.destination.name", "messaging.message.id", "prodev.job.name"));
        Assert.Equal(
            ["ProDev.Jobs", "process", "process", "maps", id.ToString(), _job.Name],
            Tags(runs[0], "messaging.system", "messaging.operation.name", "messaging.operation.type", "messaging.destination.name", "messaging.message.id", "prodev.job.name"));
        Assert.Equal([ActivityStatusCode.Error, ActivityStatusCode.Unset], runs.Select(r => r.Status));
        Assert.Equal([typeof(JobRetryException).FullName, null], runs.Select(r => r.GetTagItem("error.type")));
    }

    [Fact]
    public async Task BatchIsOneSpanThatCountsItsJobs()
    {
        await using JobHost host = await JobHost.CreateAsync(_job, start: false);
        var spans = new ConcurrentQueue<Activity>();
        using Activity caller = new Activity("caller").SetIdFormat(ActivityIdFormat.W3C).Start();
        using ActivityListener listener = Listen(caller, spans);
        using var measured = new Measurements(_job.Name);

        await host.Client.EnqueueManyAsync([new BodyJob.Args("a"), new BodyJob.Args("b")], (a, o) => o.Queue = a.Text);
        await host.Client.EnqueueManyAsync(Array.Empty<BodyJob.Args>());

        Activity send = Assert.Single(spans);
        Assert.Equal(("enqueue", 2, null), (send.DisplayName, send.GetTagItem("messaging.batch.message_count"), send.GetTagItem("messaging.destination.name")));
        Assert.Equal(2, Assert.Single(measured.Of("messaging.client.sent.messages")).Value);
    }

    [Fact]
    public async Task FailedEnqueueIsMeasuredWithItsError()
    {
        await using JobHost host = await JobHost.CreateAsync(_job, start: false);
        var spans = new ConcurrentQueue<Activity>();
        using Activity caller = new Activity("caller").SetIdFormat(ActivityIdFormat.W3C).Start();
        using ActivityListener listener = Listen(caller, spans);
        using var measured = new Measurements(_job.Name);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => host.EnqueueAsync(o => o.Priority = 10));

        Activity send = Assert.Single(spans);
        Assert.Equal((ActivityStatusCode.Error, "System.ArgumentOutOfRangeException"), (send.Status, send.GetTagItem("error.type")));
        Assert.Equal("System.ArgumentOutOfRangeException", Assert.Single(measured.Of("messaging.client.operation.duration")).Tags["error.type"]);
    }

    [Fact]
    public async Task AttemptsAndOutcomesAreCounted()
    {
        await using JobHost host = await JobHost.CreateAsync(_job);
        using var measured = new Measurements(_job.Name);
        host.Body = (_, _) =>
        {
            host.Time.Advance(TimeSpan.FromSeconds(2));
            throw host.Runs.Count == 1 ? new JobRetryException(TimeSpan.Zero) : new JobGivenUpException();
        };

        await host.UntilAsync(await host.EnqueueAsync(), JobState.DeadLettered);
        host.Body = static (_, _) => Task.CompletedTask;
        await host.UntilAsync(await host.EnqueueAsync(), JobState.Succeeded);
        await host.UntilAsync(() => Task.FromResult(measured.Of("prodev.jobs.outcomes").Count() == 3));

        Assert.Equal(2, measured.Of("messaging.client.sent.messages").Sum(m => m.Value));
        Assert.Equal(2, measured.Of("messaging.client.operation.duration").Count());
        Assert.Equal(3, measured.Of("messaging.client.consumed.messages").Sum(m => m.Value));
        Assert.Equal([1, -1, 1, -1, 1, -1], measured.Of("prodev.jobs.running").Select(m => m.Value));
        Assert.Equal([2, 2, 0], measured.Of("messaging.process.duration").Select(m => m.Value));
        Assert.Equal(
            [typeof(JobRetryException).FullName, typeof(JobGivenUpException).FullName, null],
            measured.Of("messaging.process.duration").Select(m => m.Tags.GetValueOrDefault("error.type")));
        Assert.Equal(
            [("retried", null), ("dead_lettered", "GivenUp"), ("succeeded", null)],
            measured.Of("prodev.jobs.outcomes").Select(m => ((string?)m.Tags["prodev.job.outcome"], (string?)m.Tags.GetValueOrDefault("prodev.job.dead_letter_reason"))));
        Assert.All(measured.All, m => Assert.Equal(("ProDev.Jobs", "maps"), (m.Tags["messaging.system"], m.Tags["messaging.destination.name"])));
    }

    [Fact]
    public async Task OneTraceLeadsToTheCallback_WhenAPlanIsEnqueued()
    {
        await using JobHost host = await JobHost.CreateAsync(_job);
        var spans = new ConcurrentQueue<Activity>();
        using Activity caller = new Activity("caller").SetIdFormat(ActivityIdFormat.W3C).Start();
        using ActivityListener listener = Listen(caller, spans);
        JobCanvas job = Canvas.Job(new BodyJob.Args("a"));

        CanvasHandle handle = await host.Client.EnqueueCanvasAsync(Canvas.Group(job, job).Then(job));
        await host.UntilAsync(handle.JobIds[2], JobState.Succeeded);
        await host.UntilAsync(() => Task.FromResult(spans.Count == 4));

        Activity send = spans.Single(s => s.Kind == ActivityKind.Producer);
        Dictionary<string, Activity> runs = spans.Where(s => s.Kind == ActivityKind.Consumer).ToDictionary(s => (string)s.GetTagItem("messaging.message.id")!);
        Activity[] members = [runs[$"{handle.JobIds[0]}"], runs[$"{handle.JobIds[1]}"]];
        Assert.Equal(caller.SpanId, send.ParentSpanId);
        Assert.All(members, m => Assert.Equal((caller.TraceId, send.SpanId), (m.TraceId, m.ParentSpanId)));
        Assert.Contains(runs[$"{handle.JobIds[2]}"].ParentSpanId, members.Select(m => m.SpanId));
    }

    [Fact]
    public async Task RevokedJobIsCountedAsSuch()
    {
        await using JobHost host = await JobHost.CreateAsync(_job);
        using var measured = new Measurements(_job.Name);
        host.Body = static (_, token) => Task.Delay(Timeout.InfiniteTimeSpan, token);
        Guid id = await host.EnqueueAsync();
        await host.UntilAsync(() => Task.FromResult(!host.Runs.IsEmpty));

        await host.Client.RevokeAsync(id);
        await host.UntilAsync(id, JobState.Revoked, TimeSpan.FromMilliseconds(100));
        await host.UntilAsync(() => Task.FromResult(measured.Of("prodev.jobs.outcomes").Any()));

        Assert.Equal("revoked", Assert.Single(measured.Of("prodev.jobs.outcomes")).Tags["prodev.job.outcome"]);
    }

    [Fact]
    public async Task AttemptThatOutlivesItsHardLimitIsMeasured_WhenTheLimitPasses()
    {
        await using JobHost host = await JobHost.CreateAsync(_job);
        using var measured = new Measurements(_job.Name);
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource();
        host.Body = (_, _) =>
        {
            started.TrySetResult();
            return release.Task;
        };
        Guid id = await host.EnqueueAsync();
        await started.Task.WaitAsync(JobHost.Hang);

        host.Time.Advance(TimeSpan.FromSeconds(6));
        await host.UntilAsync(id, JobState.Scheduled);

        Assert.Equal([1, -1], measured.Of("prodev.jobs.running").Select(m => m.Value));
        Assert.Equal("hard_time_limit", Assert.Single(measured.Of("messaging.process.duration")).Tags["error.type"]);
        release.SetResult();
    }

    [Fact]
    public async Task JobIsEnqueuedAndSucceedsInOneAttempt_WhenEveryMeasurementThrows()
    {
        await using JobHost host = await JobHost.CreateAsync(_job);
        using var measured = new Measurements(_job.Name) { Failure = new TimeZoneNotFoundException() };

        JobInfo info = await host.UntilAsync(await host.EnqueueAsync(), JobState.Succeeded);

        Assert.Equal(1, info.Attempt);
        Assert.NotEmpty(measured.All);
    }

    [Fact]
    public async Task SpanOfTheCallEnds_WhenEveryMeasurementThrows()
    {
        await using JobHost host = await JobHost.CreateAsync(_job, start: false);
        var spans = new ConcurrentQueue<Activity>();
        using Activity caller = new Activity("caller").SetIdFormat(ActivityIdFormat.W3C).Start();
        using ActivityListener listener = Listen(caller, spans);
        using var measured = new Measurements(_job.Name) { Failure = new TimeZoneNotFoundException() };

        Guid id = await host.EnqueueAsync();

        Assert.Equal(id.ToString(), Assert.Single(spans).GetTagItem("messaging.message.id"));
        Assert.NotEmpty(measured.All);
    }

    [Fact]
    public void NothingIsAllocated_WhenNobodyListens()
    {
        JobEnvelope envelope = new() { Id = Guid.NewGuid(), Name = "quiet" };
        JobEnvelope[] envelopes = [envelope];
        var held = new HeldJob(new LeasedJob { Envelope = envelope, Lease = default, Attempt = 1, EnqueuedAt = default }, 0);
        Measure();

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            Measure();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        held.Dispose();

        void Measure()
        {
            MeasuredSend.Start("quiet", TimeProvider.System).Ended(envelopes, 1, isBatch: false, error: null);
            MeasuredRun.StartActivity(held.Job)?.Dispose();
            MeasuredRun.Start(envelope, NullLogger.Instance).Ended(TimeSpan.Zero, error: null);
            MeasuredRun.Settled(JobOutcome.Succeeded(held), isAccepted: true, NullLogger.Instance);
        }
    }

    /// <summary>Hears only of the trace of the caller, so that tests that run beside this one keep to themselves.</summary>
    private static ActivityListener Listen(Activity caller, ConcurrentQueue<Activity> spans)
    {
        ActivityTraceId trace = caller.TraceId;
        var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "ProDev.Jobs",
            Sample = (ref ActivityCreationOptions<ActivityContext> o) => o.TraceId == trace ? ActivitySamplingResult.AllData : ActivitySamplingResult.None,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private static IEnumerable<string?> Tags(Activity activity, params string[] names) => names.Select(n => activity.GetTagItem(n)?.ToString());
}
