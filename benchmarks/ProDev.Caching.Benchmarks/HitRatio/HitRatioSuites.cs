using ProDev.Benchmarks;

namespace ProDev.Caching.Benchmarks;

/// <summary>How many reads does a cache of a thousand entries answer, when more keys than that are asked for?</summary>
public static class HitRatioSuites
{
    private const int Capacity = 1000;

    public static IBenchmarkSuite[] All =>
    [
        Suite("HitRatioZipf09", () => Traces.Zipf(0.9)),
        Suite("HitRatioZipf10", () => Traces.Zipf(1.0)),
        Suite("HitRatioScan", () => Traces.ZipfWithScans(10 * Capacity)),
        Suite("HitRatioLoop", () => Traces.Loop(2 * Capacity)),
        Suite("HitRatioRecency", () => Traces.Recency(Capacity)),
    ];

    private static TraceSuite Suite(string name, Func<IEnumerable<string>> trace) => new(
        name, trace, () => new LfuTraceCase(Capacity), () => new LruTraceCase(Capacity), () => new ProDevTraceCase(Capacity));
}
