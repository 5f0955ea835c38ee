using System.Runtime.CompilerServices;

namespace ProDev.Retry;

/// <summary>
/// Finds what a policy tried before a call failed. It is kept beside the exception, as long as that lives, and only for calls that were retried: a call that succeeds pays
/// nothing for it.
/// </summary>
public static class RetryHistory
{
    // Exceptions in exceptions; deeper than any sensible wrapping, and an end for a circle.
    private const int Deepest = 16;

    private static readonly ConditionalWeakTable<object, IReadOnlyList<RetryAttempt>> Histories = [];

    /// <summary>Returns the attempts that ended with an exception. Thread-safe.</summary>
    /// <param name="exception">What a policy threw, or an exception that has it as an inner one, at any depth.</param>
    /// <returns>All attempts in order, the last one included; empty if no policy retried it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="exception"/> is null.</exception>
    public static IReadOnlyList<RetryAttempt> Of(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        var inner = exception;
        for (var depth = 0; inner is not null && depth < Deepest; depth++, inner = inner.InnerException)
        {
            if (Histories.TryGetValue(inner, out var history))
                return history;
        }

        return [];
    }

    internal static int AttemptsBehind(Exception exception) => Of(exception).Count;

    internal static int AttemptsBehind<T>(T result) =>
        !typeof(T).IsValueType && result is not null && Histories.TryGetValue(result, out var history) ? history.Count : 0;

    internal static void Attach(object? outcome, IReadOnlyList<RetryAttempt> history)
    {
        // A value is copied, and a text may be shared by the whole process.
        if (outcome is not (null or string or ValueType))
            Histories.AddOrUpdate(outcome, history);
    }
}
