namespace ProDev.Retry.Tests;

/// <summary>Measures on this thread, after a warm-up.</summary>
internal static class NoAllocation
{
    private const int Calls = 1_000;

    public static void IsMadeBy(Action call)
    {
        for (var i = 0; i < 50; i++)
            call();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Calls; i++)
            call();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    public static void Finish<T>(ValueTask<T> call)
    {
        Assert.True(call.IsCompletedSuccessfully);
        _ = call.GetAwaiter().GetResult();
    }

    public static void Finish(ValueTask call)
    {
        Assert.True(call.IsCompletedSuccessfully);
        call.GetAwaiter().GetResult();
    }
}
