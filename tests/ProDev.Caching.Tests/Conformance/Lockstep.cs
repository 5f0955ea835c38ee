namespace ProDev.Caching.Tests.Conformance;

/// <summary>Two threads that begin each step at the same moment. They spin for each other: a sleeping thread comes too late.</summary>
internal static class Lockstep
{
    private const int NeverSleep = -1;

    /// <summary>Calls <paramref name="step"/> for every number with both callers, 0 and 1; rethrows what a caller throws.</summary>
    public static Task RunAsync(int steps, Action<int, int> step)
    {
        var arrived = 0;
        return Task.WhenAll(Enumerable.Range(0, 2).Select(caller => Task.Factory.StartNew(
            () => Run(caller), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        void Run(int caller)
        {
            try
            {
                for (var number = 0; number < steps; number++)
                {
                    Interlocked.Increment(ref arrived);
                    var spinner = new SpinWait();
                    while (Volatile.Read(ref arrived) < 2 * (number + 1))
                        spinner.SpinOnce(NeverSleep);
                    step(number, caller);
                }
            }
            catch
            {
                // The other one must not wait for this one for ever.
                Volatile.Write(ref arrived, int.MaxValue / 2);
                throw;
            }
        }
    }
}
