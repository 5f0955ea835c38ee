using ProDev.Benchmarks;

namespace ProDev.Retry.Benchmarks;

/// <summary>One thread a core calls through one closed breaker, as fast as it can. An operation is a call, on whichever core.</summary>
internal sealed class BreakerThroughput(string name, Func<Func<Weather, int, int>> create) : MacroCase(name)
{
    private const int Calls = 2_000_000;
    private const string City = "Zürich";

    private readonly Weather _weather = new();
    private readonly Func<Weather, int, int> _call = create();

    public static MacroSuite Suite => new(
        nameof(BreakerThroughput),
        static () => new BreakerThroughput("Polly", static () =>
        {
            var polly = Breakers.Polly();
            return (weather, day) => Completed.Result(polly.ExecuteAsync(
                static (state, token) => state.weather.ReadAsync(City, state.day, token), (weather, day))).Length;
        }),
        static () => new BreakerThroughput("ProDev", static () => Through(Breakers.ProDev())),
        static () => new BreakerThroughput("ProDevInARow", static () => Through(Breakers.ProDevInARow())))
    {
        Rounds = MacroSuite.FewestRounds,
    };

    public override Task OpenAsync(string directory) => Task.CompletedTask;

    public override async Task<long> RunAsync()
    {
        var callers = Environment.ProcessorCount;
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ =>
            Task.Factory.StartNew(Call, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        return (long)callers * Calls;
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static Func<Weather, int, int> Through(CircuitBreaker breaker) => (weather, day) => Completed.Result(breaker.ExecuteAsync(
        (weather, day), static (state, token) => state.weather.ReadAsync(City, state.day, token))).Length;

    private int Call()
    {
        var sum = 0;
        for (var day = 0; day < Calls; day++)
            sum += _call(_weather, day);
        return sum;
    }
}
