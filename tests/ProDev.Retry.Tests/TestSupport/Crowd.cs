namespace ProDev.Retry.Tests;

/// <summary>Threads of their own that begin together.</summary>
internal static class Crowd
{
    public static async Task RunAsync(int threads, Action<int> work)
    {
        using var start = new Barrier(threads);
        await Task.WhenAll(Enumerable.Range(0, threads).Select(number => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                work(number);
            },
            TaskCreationOptions.LongRunning)));
    }
}
