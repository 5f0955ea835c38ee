using ProDev.Benchmarks;
using ProDev.Retry.Benchmarks;

return await BenchmarkProgram.RunAsync(
    args,
    "Retry",
    new MicroSuite<RetryHappyPathBenchmarks>(),
    new MicroSuite<RetryValueResultBenchmarks>(),
    new MicroSuite<RetryDecoratorBenchmarks>(),
    new MicroSuite<HedgingBenchmarks>(),
    new MicroSuite<ConcurrencyLimitBenchmarks>());
