using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace ProDev.Retry;

/// <summary>How a call ended, for those who do not want to catch.</summary>
/// <typeparam name="T">The result.</typeparam>
[StructLayout(LayoutKind.Auto)]
public readonly struct RetryOutcome<T>
{
    private readonly IReadOnlyList<RetryAttempt>? _history;

    internal RetryOutcome(T result, Exception? exception, RetryEnd end, int attempts, IReadOnlyList<RetryAttempt> history)
    {
        Result = result;
        Exception = exception;
        End = end;
        Attempts = attempts;
        _history = history;
    }

    /// <summary>Gets whether an attempt succeeded. A last result that was refused is no success, although there is a <see cref="Result"/>.</summary>
    public bool IsSuccess => End == RetryEnd.Success;

    /// <summary>Gets the result of the last attempt; default if it threw.</summary>
    public T Result { get; }

    /// <summary>Gets what the last attempt threw, or the caller's cancellation with the caller's token; null if there is a result.</summary>
    public Exception? Exception { get; }

    /// <summary>Gets why there was no further attempt.</summary>
    public RetryEnd End { get; }

    /// <summary>Gets how many attempts were made, the first included; 0 if the caller had cancelled before.</summary>
    public int Attempts { get; }

    /// <summary>Gets all attempts of a call that did not succeed, in order, the last one included; empty after a success.</summary>
    public IReadOnlyList<RetryAttempt> History => _history ?? [];

    /// <summary>Returns the result, or throws the exception with its stack: what <c>ExecuteAsync</c> would have done.</summary>
    /// <returns>The result of the last attempt, be it refused.</returns>
    public T GetResult()
    {
        if (Exception is not null)
            ExceptionDispatchInfo.Throw(Exception);
        return Result;
    }
}
