using System.Runtime.CompilerServices;

namespace ProDev.Retry.Benchmarks;

/// <summary>An operation that succeeds at once. It is never inlined, so that every case pays for the same call.</summary>
public sealed class Weather : IWeather
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public ValueTask<string> ReadAsync(string city, int day, CancellationToken cancellationToken = default) => new(city);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public ValueTask<int> TemperatureAsync(int day, CancellationToken cancellationToken = default) => new(day);
}
