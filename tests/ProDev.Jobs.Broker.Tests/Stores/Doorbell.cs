using System.Globalization;

namespace ProDev.Jobs.Broker.Tests;

/// <summary>
/// The two messages of a composition. One carries a job. The other says only that the store has a job for the broker to carry: whoever gets it asks the
/// store for the job and publishes it. A bell may ring too often, never too seldom.
/// </summary>
internal static class Doorbell
{
    private const string Bell = "bell";
    private const string DiedAt = "died-at";

    public static BrokerMessage JobOf(JobEnvelope job) => new(JobEnvelopeCodec.Write(job)) { Priority = job.Priority };

    public static BrokerMessage For(Guid id, string queue)
        => new BrokerMessage(JobEnvelopeCodec.Write(new JobEnvelope { Id = id, Name = Bell, Queue = queue })).With(Bell, "");

    /// <summary>A bell that replays the job, if it is still the dead letter that it was.</summary>
    public static BrokerMessage ToReplay(JobInfo dead, string queue)
        => For(dead.Id, queue).With(DiedAt, dead.FinishedAt!.Value.UtcTicks.ToString(CultureInfo.InvariantCulture));

    public static bool IsOne(BrokerMessage message) => message.Headers.ContainsKey(Bell);

    public static bool Replays(BrokerMessage message, JobInfo job)
        => job.State == JobState.DeadLettered && message.Headers.TryGetValue(DiedAt, out string? ticks)
            && job.FinishedAt!.Value.UtcTicks == long.Parse(ticks, CultureInfo.InvariantCulture);

    public static JobEnvelope Read(BrokerMessage message) => JobEnvelopeCodec.Read(message.Body.Span);
}
