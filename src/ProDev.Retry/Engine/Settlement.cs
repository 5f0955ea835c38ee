using System.Runtime.CompilerServices;

namespace ProDev.Retry;

/// <summary>
/// Waits for the end of a task without taking its outcome: awaiting a task that failed throws, and a throw costs more than all the rest of a retry.
/// </summary>
internal readonly struct Settlement(ValueTask call) : ICriticalNotifyCompletion
{
    public bool IsCompleted => call.IsCompleted;

    /// <summary>What a completed attempt threw; null if it succeeded.</summary>
    public static Exception? Of(ValueTask call)
    {
        if (call.IsCompletedSuccessfully)
        {
            call.GetAwaiter().GetResult();
            return null;
        }

        return FailureOf(call.AsTask());
    }

    /// <summary>What a completed attempt threw; null if it succeeded, and then the result.</summary>
    public static Exception? Of<T>(ValueTask<T> call, out T result)
    {
        if (call.IsCompletedSuccessfully)
        {
            result = call.Result;
            return null;
        }

        result = default!;
        return FailureOf(call.AsTask());
    }

    public Settlement GetAwaiter() => this;

    public void GetResult()
    {
    }

    public void OnCompleted(Action continuation) => call.ConfigureAwait(false).GetAwaiter().OnCompleted(continuation);

    public void UnsafeOnCompleted(Action continuation) => call.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(continuation);

    // Of several exceptions the first, as an await would throw. A cancelled task gives its exception away only by throwing it.
    private static Exception FailureOf(Task task)
    {
        if (task.Exception is { } failures)
            return failures.InnerException ?? failures;
        try
        {
            task.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException cancelled)
        {
            return cancelled;
        }

        throw new System.Diagnostics.UnreachableException("An attempt that neither succeeded nor failed was cancelled.");
    }
}
