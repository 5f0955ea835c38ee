using System.Globalization;

namespace ProDev.Jobs.Broker.Tests;

/// <summary>A job as a message of a broker alone: the envelope as bytes, and in headers what changes from attempt to attempt.</summary>
internal static class JobMessage
{
    public const string Error = "error";
    public const string Reason = "reason";
    private const string Attempts = "attempts";
    private const string Leases = "leases";
    private const string Enqueued = "enqueued";
    private const string Due = "due";

    public static BrokerMessage Of(JobEnvelope job, DateTimeOffset now)
        => new BrokerMessage(JobEnvelopeCodec.Write(job)) { Priority = job.Priority }.With(Enqueued, Number(now.UtcTicks));

    /// <summary>How many attempts have been used.</summary>
    public static int AttemptsOf(BrokerMessage message) => (int)Number(message, Attempts);

    /// <summary>How often the job was leased and came back, or its holder was lost.</summary>
    public static long LeasesOf(BrokerMessage message) => Number(message, Leases);

    public static DateTimeOffset EnqueuedAt(BrokerMessage message) => new(Number(message, Enqueued), TimeSpan.Zero);

    /// <summary>When a message that a broker without delays carries may be looked at.</summary>
    public static DateTimeOffset DueOf(BrokerMessage message) => new(Number(message, Due), TimeSpan.Zero);

    /// <summary>The message for another lease.</summary>
    public static BrokerMessage Again(BrokerMessage message, bool isCharged)
        => message.With(Attempts, Number(AttemptsOf(message) + (isCharged ? 1 : 0))).With(Leases, Number(LeasesOf(message) + 1));

    public static BrokerMessage NotBefore(BrokerMessage message, DateTimeOffset due) => message.With(Due, Number(due.UtcTicks));

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static long Number(BrokerMessage message, string header)
        => message.Headers.TryGetValue(header, out string? text) ? long.Parse(text, CultureInfo.InvariantCulture) : 0;
}
