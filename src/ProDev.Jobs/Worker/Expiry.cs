namespace ProDev.Jobs;

/// <summary>Tells whether a job may no longer be started.</summary>
internal static class Expiry
{
    /// <summary>
    /// By the store's clock where the store says when it gave the lease: that moment, and what has passed here since it was asked for it.
    /// Otherwise by the clock of this process.
    /// </summary>
    public static bool HasPassed(HeldJob held, TimeProvider time, out DateTimeOffset end)
    {
        JobEnvelope envelope = held.Job.Envelope;
        end = default;
        if (envelope.Expires is null && envelope.ExpiresAt is null)
            return false;

        end = envelope.ExpiresAt ?? held.Job.EnqueuedAt + envelope.Expires!.Value;
        DateTimeOffset now = held.Job.LeasedAt is { } leased ? leased + time.GetElapsedTime(held.FetchedAt) : time.GetUtcNow();
        return now >= end;
    }
}
