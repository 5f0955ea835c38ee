namespace ProDev.Jobs.Broker.Tests;

/// <summary>
/// Jobs that the broker carries wait in the store in a queue that nobody asks for by its name, so that they are leased by a message only. Its name is no
/// name that an application can use.
/// </summary>
internal static class Carried
{
    private const string Prefix = "@";

    public static string NameOf(string queue) => Prefix + queue;

    public static bool Is(string queue) => queue.StartsWith(Prefix, StringComparison.Ordinal);

    public static string Plain(string queue) => Is(queue) ? queue[Prefix.Length..] : queue;

    public static JobInfo Plain(JobInfo job) => Is(job.Queue) ? job with { Queue = Plain(job.Queue) } : job;

    public static LeasedJob Plain(LeasedJob job) => !Is(job.Envelope.Queue) ? job : new LeasedJob
    {
        Envelope = job.Envelope with { Queue = Plain(job.Envelope.Queue) },
        Lease = job.Lease,
        Attempt = job.Attempt,
        EnqueuedAt = job.EnqueuedAt,
        LeasedAt = job.LeasedAt,
    };
}
