namespace ProDev.Retry.Benchmarks;

internal static class Completed
{
    /// <summary>Takes the result of a call that must have completed at once.</summary>
    public static T Result<T>(ValueTask<T> task) =>
        task.IsCompletedSuccessfully ? task.Result : throw new InvalidOperationException("The operation completes at once.");
}
