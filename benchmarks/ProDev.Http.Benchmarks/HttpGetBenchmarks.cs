using BenchmarkDotNet.Attributes;

namespace ProDev.Http.Benchmarks;

/// <summary>What does one GET cost that succeeds at once, above the request itself?</summary>
public class HttpGetBenchmarks
{
    private const int Calls = 64;

    private static readonly Uri Address = new("https://example.org/items/1");

    private readonly Clients _clients = new();
    private readonly HttpMessageInvoker _bare;
    private readonly HttpMessageInvoker _proDev;
    private readonly HttpMessageInvoker _proDevRetryOnly;
    private readonly HttpMessageInvoker _resilience;

    public HttpGetBenchmarks()
    {
        _bare = _clients.Create("bare");
        _proDev = _clients.Create("prodev");
        _proDevRetryOnly = _clients.Create("prodev-retry-only");
        _resilience = _clients.Create("resilience");
    }

    [GlobalCleanup]
    public void Dispose() => _clients.Dispose();

    /// <summary>The floor: the request and the handler at the end of the line.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Calls)]
    public int Bare() => Get(_bare);

    /// <summary>With the defaults: a budget for each authority and a deadline on top of what the peer does.</summary>
    [Benchmark(OperationsPerInvoke = Calls)]
    public int ProDev() => Get(_proDev);

    /// <summary>What the peer does and nothing else.</summary>
    [Benchmark(OperationsPerInvoke = Calls)]
    public int ProDevRetryOnly() => Get(_proDevRetryOnly);

    [Benchmark(OperationsPerInvoke = Calls)]
    public int AddResilienceHandler() => Get(_resilience);

    private static int Get(HttpMessageInvoker invoker)
    {
        var sum = 0;
        for (var call = 0; call < Calls; call++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Address);
            sum += (int)invoker.SendAsync(request, CancellationToken.None).GetAwaiter().GetResult().StatusCode;
        }

        return sum;
    }
}
