using ProDev.Benchmarks;
using ProDev.Http.Benchmarks;

return await BenchmarkProgram.RunAsync(
    args,
    "Http",
    new MicroSuite<HttpGetBenchmarks>());
