using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ProDev.Jobs;

/// <summary>One call that enqueues: a producer span, its duration and its messages. Nothing is allocated while nobody listens.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct MeasuredSend
{
    private readonly string _job;
    private readonly TimeProvider _time;
    private readonly long _startedAt;
    private readonly Activity? _activity;

    private MeasuredSend(string job, TimeProvider time)
    {
        _job = job;
        _time = time;
        _startedAt = time.GetTimestamp();
        _activity = JobTelemetry.Activities.StartActivity("enqueue", ActivityKind.Producer)?.Describe("enqueue", "send", job);
    }

    /// <summary>From here on the span is the current activity, whose id travels with the jobs.</summary>
    public static MeasuredSend Start(string job, TimeProvider time) => new(job, time);

    /// <summary>The store has answered, or the call failed.</summary>
    /// <param name="envelopes">The jobs, as far as they were made.</param>
    /// <param name="count">How many jobs were asked for.</param>
    /// <param name="isBatch">Whether they were given as a batch.</param>
    /// <param name="error">Why it failed; <see langword="null"/> if it did not.</param>
    public void Ended(IReadOnlyList<JobEnvelope> envelopes, int count, bool isBatch, Exception? error)
    {
        if (_activity is null && !JobTelemetry.Sent.Enabled && !JobTelemetry.SendDuration.Enabled)
            return;
        string? queue = CommonQueue(envelopes);
        try
        {
            Measure(queue, count, error?.GetType().FullName);
        }
        catch (Exception)
        {
            // A listener threw. What the store has confirmed stays confirmed.
        }

        try
        {
            if (_activity is not null)
                Finish(_activity, envelopes, queue, count, isBatch, error);
        }
        catch (Exception)
        {
            // As above.
        }
    }

    private static void Finish(
        Activity activity, IReadOnlyList<JobEnvelope> envelopes, string? queue, int count, bool isBatch, Exception? error)
    {
        using Activity stopping = activity;
        if (queue is not null)
            activity.SetTag(JobTelemetry.QueueTag, queue).DisplayName = $"enqueue {queue}";
        if (isBatch)
            activity.SetTag(JobTelemetry.BatchTag, count);
        else if (envelopes.Count == 1)
            activity.SetTag(JobTelemetry.MessageIdTag, envelopes[0].Id.ToString());
        if (error is not null)
            activity.Fail(error.GetType().FullName!, JobErrors.Message(error));
    }

    private static string? CommonQueue(IReadOnlyList<JobEnvelope> envelopes)
    {
        if (envelopes.Count == 0)
            return null;
        string queue = envelopes[0].Queue;
        for (int i = 1; i < envelopes.Count; i++)
        {
            if (envelopes[i].Queue != queue)
                return null;
        }

        return queue;
    }

    private void Measure(string? queue, int count, string? error)
    {
        TagList tags = JobTelemetry.Tags("enqueue", "send", queue, _job, error);
        JobTelemetry.Sent.Add(count, tags);
        JobTelemetry.SendDuration.Record(_time.GetElapsedTime(_startedAt).TotalSeconds, tags);
    }
}
