using ProDev.Benchmarks;
using ProDev.Caching.Benchmarks;

return await BenchmarkProgram.RunAsync(
    args,
    "Caching",
    [
        new MicroSuite<CacheHitBenchmarks>(),
        new MicroSuite<TaskHitBenchmarks>(),
        new MicroSuite<InterpolatedHitBenchmarks>(),
        new MicroSuite<TaggedHitBenchmarks>(),
        new MicroSuite<ImmutableHitBenchmarks>(),
        new MicroSuite<BoundedHitBenchmarks>(),
        new MicroSuite<MissBenchmarks>(),
        ReadThroughput.Suite,
        DuplicateLoadsOfTwo.Suite,
        DuplicateLoadsOfThousand.Suite,
        .. HitRatioSuites.All,
        .. RedisSuites.All,
    ]);
