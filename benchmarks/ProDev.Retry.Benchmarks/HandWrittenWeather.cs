namespace ProDev.Retry.Benchmarks;

/// <summary>The loop that a team writes: three attempts, a doubling delay, cancellation is final.</summary>
public sealed class HandWrittenWeather(IWeather inner) : IWeather
{
    public async ValueTask<string> ReadAsync(string city, int day, CancellationToken cancellationToken = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await inner.ReadAsync(city, day, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (attempt < 3 && e is not OperationCanceledException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100 << attempt), cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
