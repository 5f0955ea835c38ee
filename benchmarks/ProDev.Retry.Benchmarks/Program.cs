using ProDev.Benchmarks;
using ProDev.Retry.Benchmarks;

return await BenchmarkProgram.RunAsync(
    args,
    "Retry",
    new MicroSuite<RetryHappyPathBenchmarks>(),
    new MicroSuite<RetryValueResultBenchmarks>(),
    new MicroSuite<RetryBudgetBenchmarks>(),
    new MicroSuite<RetryDecoratorBenchmarks>(),
    new MicroSuite<RetryAsyncBenchmarks>(),
    new MicroSuite<RetryRecoveryBenchmarks>(),
    new MicroSuite<PipelineBenchmarks>(),
    new MicroSuite<BreakerBenchmarks>(),
    BreakerThroughput.Suite,
    new MicroSuite<HedgingBenchmarks>(),
    new MicroSuite<ConcurrencyLimitBenchmarks>());
