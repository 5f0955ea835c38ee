namespace ProDev.Jobs.Benchmarks;

/// <summary>The jobs of Hangfire, which makes one of these for each.</summary>
public sealed class HangfireJobs
{
    /// <summary>Holds its worker.</summary>
    public Task HoldAsync() => Round.Current.HoldAsync();

    /// <summary>Does nothing.</summary>
    public void Work(string text) => Round.Current.Work();
}
