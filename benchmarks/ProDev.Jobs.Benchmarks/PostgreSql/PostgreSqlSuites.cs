using ProDev.Benchmarks;

namespace ProDev.Jobs.Benchmarks;

/// <summary>What does a job cost in PostgreSQL, against bare statements and against another library over the same server?</summary>
internal static class PostgreSqlSuites
{
    private const int Rounds = 7;
    private const int Jobs = 10_000;
    private const int EnqueuedOneByOne = 500;

    // Its first claims are small.
    private const int JobsByDefaults = 5_000;

    // Fewer, so that rounds end: all figures are per job.
    private const int HangfireJobs = 300;
    private const int HangfireEnqueued = 150;

    // As many jobs at a time as the peer, and claims of about a hundred, as the raw one.
    private const int Workers = 10;
    private const int Prefetch = 200;

    public static IBenchmarkSuite[] All =>
    [
        new PostgreSqlSuite(
            "PostgreSqlEnqueueMany",
            Rounds,
            () => new EnqueueMany(new RawPostgreSqlQueue()),
            () => new EnqueueMany(new PostgreSqlStoreQueue()),
            () => new ClientEnqueueMany(ProDev("ProDev"))),
        new PostgreSqlSuite(
            "PostgreSqlEnqueueOne",
            Rounds,
            () => new EnqueueOne(new RawPostgreSqlQueue(), callers: 1, EnqueuedOneByOne),
            () => new EnqueueOne(new PostgreSqlStoreQueue(), callers: 1, EnqueuedOneByOne),
            () => new ClientEnqueueOne(ProDev("ProDev"), EnqueuedOneByOne),
            () => new ClientEnqueueOne(Hangfire(), HangfireEnqueued)),
        new PostgreSqlSuite(
            "PostgreSqlProcess",
            MacroSuite.FewestRounds,
            () => new ClaimAndFinish(new RawPostgreSqlQueue()),
            () => new ClaimAndFinish(new PostgreSqlStoreQueue()),
            () => new Process(ProDev("ProDev", Batches), Jobs, Texts.OfPayloadSize),
            () => new Process(ProDev("ProDevDefaults"), JobsByDefaults, Texts.OfPayloadSize),
            () => new Process(Hangfire(), HangfireJobs, Texts.OfPayloadSize)),
    ];

    private static ProDevSystem ProDev(string name, Action<WorkerOptions>? configure = null) => new(name, static () => new PostgreSqlSchema(), configure);

    private static HangfireSystem Hangfire() => new(HangfirePlace.InPostgreSql);

    private static void Batches(WorkerOptions options) => (options.Concurrency, options.Prefetch) = (Workers, Prefetch);
}
