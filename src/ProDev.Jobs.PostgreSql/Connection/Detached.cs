namespace ProDev.Jobs.PostgreSql;

/// <summary>
/// Runs work without what flows along with the caller: what runs on for others, or for longer than the call, must not take part in its transaction, its log scope or
/// its trace.
/// </summary>
internal static class Detached
{
    public static Task Run(Func<Task> work) => Begin(() => Task.Run(work));

    public static Task<T> Run<T>(Func<Task<T>> work) => Begin(() => Task.Run(work));

    private static T Begin<T>(Func<T> begin)
        where T : Task
    {
        if (ExecutionContext.IsFlowSuppressed())
            return begin();
        using (ExecutionContext.SuppressFlow())
            return begin();
    }
}
