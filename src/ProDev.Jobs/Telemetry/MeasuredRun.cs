using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace ProDev.Jobs;

/// <summary>One attempt: its measurements, except the span. Nothing is allocated while nobody listens.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct MeasuredRun
{
    private readonly JobEnvelope _envelope;
    private readonly ILogger _logger;
    private readonly bool _isCounted;

    private MeasuredRun(JobEnvelope envelope, ILogger logger)
    {
        _envelope = envelope;
        _logger = logger;
        _isCounted = JobTelemetry.Running.Enabled;
    }

    public static MeasuredRun Start(JobEnvelope envelope, ILogger logger)
    {
        var run = new MeasuredRun(envelope, logger);
        if (run._isCounted || JobTelemetry.Consumed.Enabled)
            run.Begin();
        return run;
    }

    /// <summary>The span of an attempt: a child of the one that enqueued the job, so that both are one trace.</summary>
    public static Activity? StartActivity(LeasedJob job)
    {
        if (!JobTelemetry.Activities.HasListeners())
            return null;
        JobEnvelope envelope = job.Envelope;
        _ = ActivityContext.TryParse(envelope.TraceParent, envelope.TraceState, isRemote: true, out ActivityContext parent);
        return JobTelemetry.Activities.StartActivity($"process {envelope.Queue}", ActivityKind.Consumer, parent)
            ?.Describe("process", "process", envelope.Name)
            .SetTag(JobTelemetry.QueueTag, envelope.Queue)
            .SetTag(JobTelemetry.MessageIdTag, envelope.Id.ToString())
            .SetTag(JobTelemetry.AttemptTag, job.Attempt);
    }

    /// <summary>The attempt is over, or the worker does not wait for it any more.</summary>
    public void Ended(TimeSpan duration, string? error)
    {
        if (!_isCounted && !JobTelemetry.ProcessDuration.Enabled)
            return;
        try
        {
            if (_isCounted)
                JobTelemetry.Running.Add(-1, Tags(null));
            JobTelemetry.ProcessDuration.Record(duration.TotalSeconds, Tags(error));
        }
        catch (Exception e)
        {
            _logger.MeasurementFailed(e);
        }
    }

    /// <summary>The store has answered what the worker said about a job.</summary>
    public static void Settled(in JobOutcome outcome, bool isAccepted, ILogger logger)
    {
        if (!JobTelemetry.Outcomes.Enabled)
            return;
        try
        {
            JobEnvelope envelope = outcome.Job.Job.Envelope;
            TagList tags = JobTelemetry.Tags("settle", "settle", envelope.Queue, envelope.Name, error: null);
            tags.Add(JobTelemetry.OutcomeTag, isAccepted ? Name(outcome.Kind) : "refused");
            if (isAccepted && outcome.Kind == JobOutcomeKind.DeadLetter)
                tags.Add(JobTelemetry.ReasonTag, outcome.Reason.ToString());
            JobTelemetry.Outcomes.Add(1, tags);
        }
        catch (Exception e)
        {
            logger.MeasurementFailed(e);
        }
    }

    private static string Name(JobOutcomeKind kind) => kind switch
    {
        JobOutcomeKind.Complete => "succeeded",
        JobOutcomeKind.Retry => "retried",
        JobOutcomeKind.DeadLetter => "dead_lettered",
        JobOutcomeKind.Revoke => "revoked",
        _ => "returned",
    };

    private void Begin()
    {
        try
        {
            TagList tags = Tags(null);
            JobTelemetry.Consumed.Add(1, tags);
            if (_isCounted)
                JobTelemetry.Running.Add(1, tags);
        }
        catch (Exception e)
        {
            _logger.MeasurementFailed(e);
        }
    }

    private TagList Tags(string? error) => JobTelemetry.Tags("process", "process", _envelope.Queue, _envelope.Name, error);
}
