using ProDev.Benchmarks;
using ProDev.Caching.Benchmarks;

return await BenchmarkProgram.RunAsync(
    args, "Caching", [new MicroSuite<CacheHitBenchmarks>(), new MicroSuite<BoundedHitBenchmarks>(), .. HitRatioSuites.All]);
