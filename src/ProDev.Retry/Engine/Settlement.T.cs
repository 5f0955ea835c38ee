using System.Runtime.CompilerServices;

namespace ProDev.Retry;

/// <inheritdoc cref="Settlement"/>
/// <typeparam name="T">The result.</typeparam>
internal readonly struct Settlement<T>(ValueTask<T> call) : ICriticalNotifyCompletion
{
    public bool IsCompleted => call.IsCompleted;

    public Settlement<T> GetAwaiter() => this;

    public void GetResult()
    {
    }

    public void OnCompleted(Action continuation) => call.ConfigureAwait(false).GetAwaiter().OnCompleted(continuation);

    public void UnsafeOnCompleted(Action continuation) => call.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(continuation);
}
