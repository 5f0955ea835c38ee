namespace ProDev.Jobs.Conformance;

/// <summary>Builds envelopes and requests with the fields that a test does not care about filled in.</summary>
public static class TestJobs
{
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    public static JobEnvelope New(
        string name = "test.job", string queue = "default", int priority = 0, TimeSpan delay = default, DateTimeOffset? runAt = null,
        int maxAttempts = 3, string? key = null, byte[]? payload = null)
        => new()
        {
            Id = Guid.CreateVersion7(),
            Name = name,
            Queue = queue,
            Priority = priority,
            Delay = delay,
            RunAt = runAt,
            MaxAttempts = maxAttempts,
            IdempotencyKey = key,
            Payload = payload ?? "{}"u8.ToArray(),
        };

    public static JobEnvelope[] Many(int count, Func<int, JobEnvelope>? create = null)
        => [.. Enumerable.Range(0, count).Select(i => create?.Invoke(i) ?? New())];

    public static async Task<Guid> AddAsync(this IJobStore store, JobEnvelope job)
        => (await store.EnqueueAsync([job], default))[0].Id;

    public static async Task<IReadOnlyList<LeasedJob>> TakeAsync(this IJobStore store, int maximum = 100, params string[] queues)
        => await store.FetchAsync(
            new FetchRequest { Queues = queues.Length == 0 ? ["default"] : queues, Maximum = maximum, Lease = Lease, Worker = "test" }, default);

    public static async Task<LeasedJob> TakeOneAsync(this IJobStore store) => Assert.Single(await store.TakeAsync(1));

    public static async Task<JobState> StateAsync(this IJobStore store, Guid id) => (await store.FindAsync(id, default))!.State;
}
