using ProDev.Benchmarks;

namespace ProDev.Jobs.Benchmarks;

/// <summary>What does a job cost in memory, from the claim to its outcome?</summary>
internal static class MemorySuites
{
    private const int Jobs = 50_000;
    private const int HangfireJobs = 10_000;

    // A round takes a fraction of a second.
    private const int Rounds = 15;

    // As many jobs at a time as the peer.
    private const int Workers = 10;

    public static IBenchmarkSuite Process => new MacroSuite(
        "MemoryProcess",
        () => new Process(ProDev("ProDev", static options => options.Concurrency = Workers), Jobs, Texts.Short),
        () => new Process(ProDev("ProDevDefaults"), Jobs, Texts.Short),
        () => new Process(new HangfireSystem(HangfirePlace.InMemory), HangfireJobs, Texts.Short))
    {
        Rounds = Rounds,
    };

    private static ProDevSystem ProDev(string name, Action<WorkerOptions>? configure = null) => new(name, static () => new MemoryPlace(), configure);
}
