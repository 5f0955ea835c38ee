using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

// CA2012: the task is handed on, not taken.
#pragma warning disable CA2012

namespace ProDev.Retry;

/// <summary>
/// An attempt that has been started, in the two registers that a method can return: its result, or what tells where its task is. A task that has just been
/// written field by field and is copied as a whole makes the processor wait, longer than the rest of an attempt takes (decision 0084).
/// </summary>
/// <typeparam name="T">The result.</typeparam>
[StructLayout(LayoutKind.Auto)]
internal readonly struct StartedAttempt<T>
{
    // What it threw at once, or where its task is; null if there is a result.
    private readonly object? _rest;

    private StartedAttempt(T result) => Result = result;

    private StartedAttempt(object rest) => (_rest, Result) = (rest, default!);

    /// <summary>The result, if there is one already.</summary>
    public T Result { get; }

    /// <summary>Whether there is a result already. If not, <see cref="Take"/> the task before anything else runs on this thread.</summary>
    public bool HasResult => _rest is null;

    /// <summary>Starts an attempt that needs nothing but a call. This is the one method of the fast path that the runtime does not inline, because of the catch.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static StartedAttempt<T> Start<TOperation>(TOperation operation, CancellationToken cancellationToken)
        where TOperation : struct, IRetryOperation<T>
    {
        ValueTask<T> call;
        try
        {
            call = operation.InvokeAsync(cancellationToken);
        }
        catch (Exception exception)
        {
            return Threw(exception);
        }

        return Of(ref call, operation);
    }

    public static StartedAttempt<T> Threw(Exception exception) => new((object)exception);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static StartedAttempt<T> Of<TOperation>(ref ValueTask<T> call, TOperation operation)
        where TOperation : struct, IRetryOperation<T> =>
        operation is not IReturnsTask && call.IsCompletedSuccessfully ? new(call.Result) : Of(ref call);

    /// <summary>An attempt whose task is wanted, not its result.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static StartedAttempt<T> Of(ref ValueTask<T> call) => new(Parked<T>.Put(call));

    /// <summary>The task of an attempt without a result. What it threw at once is in it.</summary>
    public ValueTask<T> Take() => _rest is Exception exception ? ValueTask.FromException<T>(exception) : Parked<T>.Take();

    public ValueTask<T> ToTask() => HasResult ? new ValueTask<T>(Result) : Take();
}
