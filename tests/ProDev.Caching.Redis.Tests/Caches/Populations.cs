namespace ProDev.Caching.Redis.Tests;

/// <summary>Counts what reaches it.</summary>
public sealed class Populations : IPopulations
{
    private int _loads;

    public int Loads => _loads;

    public int Answer { get; set; } = 1;

    public ValueTask<int> CountAsync(string country, int year, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _loads);
        return new ValueTask<int>(Answer);
    }

    public Task CorrectAsync(string country, int year, int count) => Task.CompletedTask;
}
