using System.Runtime.CompilerServices;

namespace ProDev.Jobs.Sqlite;

/// <summary>
/// Continues in the thread pool behind all that is queued now. To force a yield would not do: that continues before the continuations that this
/// thread has queued.
/// </summary>
internal readonly struct BehindOthers : ICriticalNotifyCompletion
{
    public bool IsCompleted => false;

    public BehindOthers GetAwaiter() => this;

    public void GetResult()
    {
    }

    public void OnCompleted(Action continuation) => ThreadPool.QueueUserWorkItem(static c => c(), continuation, preferLocal: false);

    public void UnsafeOnCompleted(Action continuation) => ThreadPool.UnsafeQueueUserWorkItem(static c => c(), continuation, preferLocal: false);
}
