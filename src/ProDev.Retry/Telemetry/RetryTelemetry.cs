using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ProDev.Retry;

/// <summary>What one policy tells about itself: measurements, traces, logs. Nothing is allocated while nobody listens. What a listener throws
/// is dropped: to watch a call must not change it, and there is nobody else to tell.</summary>
internal sealed class RetryTelemetry(string policy, ILogger logger)
{
    private static readonly ActivitySource Activities = new(RetryTelemetryNames.ActivitySource);
    private static readonly Counter<long> Attempts = RetryMeter.Counter("prodev.retry.attempts", "{attempt}", "Attempts, by what came of them: success, retry, or why no other followed.");
    private static readonly Histogram<double> Delays = RetryMeter.Seconds("prodev.retry.delay", "Planned delays before retries.");

    private readonly bool _isSilent = logger is NullLogger;

    /// <summary>Whether somebody listens to the attempts.</summary>
    public static bool IsCounting => Attempts.Enabled;

    /// <summary>Whether somebody listens to traces.</summary>
    public static bool IsTracing => Activities.HasListeners();

    /// <summary>Begins the trace of a second or later attempt; the first is part of its caller's.</summary>
    public static Activity? StartAttempt(string policy, int attempt)
    {
        var above = Activity.Current;
        try
        {
            return Activities.StartActivity("retry.attempt")?.SetTag("retry.policy", policy).SetTag("retry.attempt", attempt);
        }
        catch (Exception)
        {
            // It had become the current one before its listener threw.
            Activity.Current = above;
            return null;
        }
    }

    /// <summary>Ends the trace of an attempt.</summary>
    public static void EndAttempt(Activity? activity)
    {
        try
        {
            activity?.Dispose();
        }
        catch (Exception)
        {
            if (ReferenceEquals(Activity.Current, activity))
                Activity.Current = activity?.Parent;
        }
    }

    /// <summary>Counts an attempt that succeeded. On the hot path: one comparison while nobody listens.</summary>
    public void Succeeded()
    {
        if (Attempts.Enabled)
            Count("success");
    }

    /// <summary>Counts an attempt that failed.</summary>
    public void Failed(RetryEnd end, bool isRetried)
    {
        if (Attempts.Enabled && (isRetried || end != RetryEnd.Success))
            Count(isRetried ? "retry" : NameOf(end));
    }

    public void Retrying(int attempt, TimeSpan delay, Exception? exception)
    {
        if (!_isSilent || Delays.Enabled)
            TellRetrying(attempt, delay, exception);
    }

    private void TellRetrying(int attempt, TimeSpan delay, Exception? exception)
    {
        try
        {
            if (Delays.Enabled)
                Delays.Record(delay.TotalSeconds, new KeyValuePair<string, object?>("retry.policy", policy));
            RetryLog.Retrying(logger, policy, attempt, delay, exception);
        }
        catch (Exception)
        {
            // Dropped.
        }
    }

    public void GaveUp(RetryEnd end, int attempt, Exception? exception)
    {
        if (end is RetryEnd.Stopped or RetryEnd.Cancelled)
            return;
        try
        {
            RetryLog.GaveUp(logger, policy, attempt, end, exception);
        }
        catch (Exception)
        {
            // Dropped.
        }
    }

    public void NotDisposed(Exception exception)
    {
        try
        {
            RetryLog.NotDisposed(logger, policy, exception);
        }
        catch (Exception)
        {
            // Dropped.
        }
    }

    private static string NameOf(RetryEnd end) => end switch
    {
        RetryEnd.Stopped => "stopped",
        RetryEnd.AttemptsUsedUp => "attempts_used_up",
        RetryEnd.DeadlineReached => "deadline_reached",
        RetryEnd.ServerDelayTooLong => "server_delay_too_long",
        RetryEnd.BudgetSpent => "budget_spent",
        RetryEnd.NestedInRetry => "nested_in_retry",
        RetryEnd.Cancelled => "cancelled",
        RetryEnd.CallbackFailed => "callback_failed",
        _ => "success",
    };

    private void Count(string outcome) =>
        Attempts.CountOne(new KeyValuePair<string, object?>("retry.policy", policy), new KeyValuePair<string, object?>("retry.outcome", outcome));
}
