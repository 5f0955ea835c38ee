using BenchmarkDotNet.Attributes;
using Polly;

namespace ProDev.Retry.Benchmarks;

/// <summary>What do two failures cost that are followed by a success, without delays, by exception and by result?</summary>
public class RetryRecoveryBenchmarks
{
    private const int Calls = 32;

    private readonly RetryPolicy _policy = Policies.ProDevWithoutDelay();
    private readonly ResiliencePipeline<string> _polly = Policies.PollyWithoutDelay();

    [Benchmark(Baseline = true, OperationsPerInvoke = Calls)]
    public int Exceptions() => Of(ExceptionsAsync());

    private async Task<int> ExceptionsAsync()
    {
        var sum = 0;
        for (var call = 0; call < Calls; call++)
            sum += (await _policy.ExecuteAsync(new Attempts(), static (attempts, _) => attempts.ThrowTwiceAsync())).Length;
        return sum;
    }

    [Benchmark(OperationsPerInvoke = Calls)]
    public int PollyExceptions() => Of(PollyExceptionsAsync());

    private async Task<int> PollyExceptionsAsync()
    {
        var sum = 0;
        for (var call = 0; call < Calls; call++)
            sum += (await _polly.ExecuteAsync(static (attempts, _) => attempts.ThrowTwiceAsync(), new Attempts())).Length;
        return sum;
    }

    [Benchmark(OperationsPerInvoke = Calls)]
    public int Results() => Of(ResultsAsync());

    private async Task<int> ResultsAsync()
    {
        var sum = 0;
        for (var call = 0; call < Calls; call++)
            sum += (await _policy.ExecuteAsync(new Attempts(), static (attempts, _) => attempts.AnswerBadlyTwiceAsync())).Length;
        return sum;
    }

    [Benchmark(OperationsPerInvoke = Calls)]
    public int PollyResults() => Of(PollyResultsAsync());

    private async Task<int> PollyResultsAsync()
    {
        var sum = 0;
        for (var call = 0; call < Calls; call++)
            sum += (await _polly.ExecuteAsync(static (attempts, _) => attempts.AnswerBadlyTwiceAsync(), new Attempts())).Length;
        return sum;
    }

    private static int Of(Task<int> calls) => calls.GetAwaiter().GetResult();

    private sealed class Attempts
    {
        // Made once, so that what is measured is the policies' part.
        private static readonly Task<string> Failure = Task.FromException<string>(new IOException("down"));

        private int _made;

        public ValueTask<string> ThrowTwiceAsync() => ++_made < 3 ? new(Failure) : new("up");

        public ValueTask<string> AnswerBadlyTwiceAsync() => new(++_made < 3 ? Policies.BadAnswer : "up");
    }
}
