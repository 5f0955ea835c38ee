using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;

namespace ProDev.Retry.Benchmarks;

/// <summary>What does a generated decorator cost against one that was written by hand?</summary>
public class RetryDecoratorBenchmarks
{
    private const int Calls = 256;
    private const string City = "Zürich";

    private readonly ServiceProvider _services;
    private readonly IWeather _decorator;
    private readonly IWeather _handWritten = new HandWrittenWeather(new Weather());
    private readonly IWeather _polly = new PollyWeather(new Weather(), Policies.PollyOfString());

    public RetryDecoratorBenchmarks()
    {
        var services = new ServiceCollection();
        services.AddProDevRetry();
        services.AddSingleton<IWeather, Weather>().DecorateWithRetry<IWeather>();
        _services = services.BuildServiceProvider();
        _decorator = _services.GetRequiredService<IWeather>();
    }

    [GlobalCleanup]
    public void Dispose() => _services.Dispose();

    [Benchmark(Baseline = true, OperationsPerInvoke = Calls)]
    public int HandWrittenLoop() => Read(_handWritten);

    [Benchmark(OperationsPerInvoke = Calls)]
    public int Decorator() => Read(_decorator);

    [Benchmark(OperationsPerInvoke = Calls)]
    public int PollyDecorator() => Read(_polly);

    private static int Read(IWeather weather)
    {
        var sum = 0;
        for (var day = 0; day < Calls; day++)
            sum += Completed.Result(weather.ReadAsync(City, day)).Length;
        return sum;
    }
}
