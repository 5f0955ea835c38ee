using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

// CA2012: the attempt is handed on, not taken.
#pragma warning disable CA2012

namespace ProDev.Retry;

/// <summary>
/// What came of a first attempt, in the two registers that a method can return: its result, or what tells how to find the attempt. The method with the
/// catch is the only one that the runtime does not inline, so it has as little to write as possible (decision 0084).
/// </summary>
/// <typeparam name="T">The result.</typeparam>
[StructLayout(LayoutKind.Auto)]
internal readonly struct FirstAttempt<T>
{
    // The exception that it threw at once, or Parked; null if it succeeded at once.
    private readonly object? _rest;

    private FirstAttempt(T result) => Result = result;

    private FirstAttempt(object rest) => (_rest, Result) = (rest, default!);

    /// <summary>The result, if the attempt succeeded at once.</summary>
    public T Result { get; }

    /// <summary>Whether the attempt succeeded at once. If not, take it by <see cref="Take"/> before anything else runs on this thread.</summary>
    public bool IsSuccess => _rest is null;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static FirstAttempt<T> Start<TOperation>(TOperation operation, CancellationToken cancellationToken)
        where TOperation : struct, IRetryOperation<T>
    {
        ValueTask<T> call;
        try
        {
            call = operation.InvokeAsync(cancellationToken);
        }
        catch (Exception exception)
        {
            return new((object)exception);
        }

        return operation is not IReturnsTask && call.IsCompletedSuccessfully ? new(call.Result) : Parks(ref call);
    }

    /// <summary>The attempt that did not succeed at once, or whose task is to be handed on. What it threw at once is in the task.</summary>
    public ValueTask<T> Take() => _rest is Exception exception ? ValueTask.FromException<T>(exception) : Parked<T>.Take();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static FirstAttempt<T> Parks(ref ValueTask<T> call) => new(Parked<T>.Put(call));
}
