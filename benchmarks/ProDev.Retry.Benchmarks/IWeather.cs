namespace ProDev.Retry.Benchmarks;

public interface IWeather
{
    [Retry(MaxAttempts = 3), Idempotent]
    ValueTask<string> ReadAsync(string city, int day, CancellationToken cancellationToken = default);
}
