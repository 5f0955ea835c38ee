using Polly;

namespace ProDev.Retry.Benchmarks;

/// <summary>A decorator over Polly that captures nothing: the arguments travel as state.</summary>
public sealed class PollyWeather(IWeather inner, ResiliencePipeline<string> pipeline) : IWeather
{
    public ValueTask<string> ReadAsync(string city, int day, CancellationToken cancellationToken = default) =>
        pipeline.ExecuteAsync(
            static (state, token) => state.inner.ReadAsync(state.city, state.day, token),
            (inner, city, day),
            cancellationToken);
}
