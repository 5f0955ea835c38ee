using System.Runtime.InteropServices;

namespace ProDev.Retry.Benchmarks;

/// <summary>The operation with its arguments, as generated decorators pass it.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct WeatherRead(Weather Weather, string City, int Day) : IRetryOperation<string>
{
    public ValueTask<string> InvokeAsync(CancellationToken cancellationToken) => Weather.ReadAsync(City, Day, cancellationToken);
}
