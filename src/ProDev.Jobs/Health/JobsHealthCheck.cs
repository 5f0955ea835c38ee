using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ProDev.Jobs;

/// <summary>Asks the store, looks at the limits, and looks at what the workers of this process have noticed.</summary>
internal sealed class JobsHealthCheck(CheckedJobStore store, IReadOnlyList<JobWorker> workers, JobsHealthOptions options) : IHealthCheck
{
    // Documented at AddProDevJobs: monitoring systems rely on them.
    private const string ScheduledKey = "scheduled";
    private const string QueuedKey = "queued";
    private const string RunningKey = "running";
    private const string SucceededKey = "succeeded";
    private const string RevokedKey = "revoked";
    private const string DeadLetteredKey = "deadLettered";
    private const string WorkersKey = "workers";
    private const string SilentForKey = "silentFor";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var data = new Dictionary<string, object>(StringComparer.Ordinal) { [WorkersKey] = workers.Count };
        string? silence = Silence(data);
        JobCounts? counts;
        try
        {
            counts = await AskAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, Join("The job store has failed.", silence), e, data);
        }

        string? excess = counts is null ? null : Excess(counts, data);
        if (silence is not null)
            return new HealthCheckResult(context.Registration.FailureStatus, Join(silence, excess), exception: null, data);
        return excess is null ? HealthCheckResult.Healthy(data: data) : HealthCheckResult.Degraded(excess, data: data);
    }

    /// <summary>Returns null for a store that cannot be queried; opening it again shows that it answers.</summary>
    private async Task<JobCounts?> AskAsync(CancellationToken cancellationToken)
    {
        // A store that hangs may also ignore the token.
        if (store.Abilities.HasFlag(JobStoreAbilities.Queries))
            return await store.CountAsync(cancellationToken).AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
        await store.OpenAsync(cancellationToken).AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
        return null;
    }

    private string? Silence(Dictionary<string, object> data)
    {
        TimeSpan longest = workers.Max(static w => w.SilentFor) ?? TimeSpan.Zero;
        if (longest > TimeSpan.Zero)
            data[SilentForKey] = longest;
        int silent = workers.Count(static w => w.SilentFor > w.Lease);
        return silent == 0
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"Workers that have not reached the job store for longer than their lease: {silent}, at most for {longest}.");
    }

    private string? Excess(JobCounts counts, Dictionary<string, object> data)
    {
        data[ScheduledKey] = counts.Scheduled;
        data[QueuedKey] = counts.Queued;
        data[RunningKey] = counts.Running;
        data[SucceededKey] = counts.Succeeded;
        data[RevokedKey] = counts.Revoked;
        data[DeadLetteredKey] = counts.DeadLettered;
        string? dead = counts.DeadLettered > options.MaxDeadLetters
            ? string.Create(CultureInfo.InvariantCulture, $"There are {counts.DeadLettered} dead letters; up to {options.MaxDeadLetters} are expected.")
            : null;
        string? queued = counts.Queued > options.MaxQueued
            ? string.Create(CultureInfo.InvariantCulture, $"There are {counts.Queued} jobs that no worker has taken; up to {options.MaxQueued} are expected.")
            : null;
        return dead is null ? queued : Join(dead, queued);
    }

    private static string Join(string first, string? second) => second is null ? first : $"{first} {second}";
}
