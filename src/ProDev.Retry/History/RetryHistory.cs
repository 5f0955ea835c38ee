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

    private static readonly ConditionalWeakTable<object, Entry> Entries = [];

    /// <summary>
    /// Returns the attempts that ended with an exception. Thread-safe. An exception object that is thrown by several calls has the history of the last.
    /// </summary>
    /// <param name="exception">What a policy threw, or an exception that has it as an inner one, at any depth.</param>
    /// <returns>
    /// All attempts in order, the last one included; empty if no policy retried it. Of a call with more than a thousand attempts the latest, at least five hundred.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="exception"/> is null.</exception>
    public static IReadOnlyList<RetryAttempt> Of(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return Find(exception)?.Attempts ?? [];
    }

    /// <summary>How many attempts policies beneath have made since that moment for this outcome; 0 if none retried.</summary>
    internal static int AttemptsBehind(Exception exception, long since) => RetryMoment.Now == since ? 0 : CountSince(since, Find(exception));

    /// <inheritdoc cref="AttemptsBehind(Exception, long)"/>
    internal static int AttemptsBehind<T>(T result, long since) =>
        RetryMoment.Now != since && !typeof(T).IsValueType && result is not (null or string) && Entries.TryGetValue(result, out var entry) ? CountSince(since, entry) : 0;

    /// <param name="outcome">What the call ended with.</param>
    /// <param name="attempts">Its own attempts.</param>
    /// <param name="used">These, and those that policies beneath made for them.</param>
    internal static void Attach(object? outcome, IReadOnlyList<RetryAttempt> attempts, int used)
    {
        // A value is copied, and a text may be shared by the whole process.
        if (outcome is not (null or string or ValueType))
            Entries.AddOrUpdate(outcome, new Entry(attempts, used, RetryMoment.Next()));
    }

    // An exception object may be thrown by many calls (a mock, a cached task): what an earlier one has written is not of this attempt.
    private static int CountSince(long since, Entry? entry) => entry?.Moment > since ? entry.Used : 0;

    private static Entry? Find(Exception exception)
    {
        var inner = exception;
        for (var depth = 0; inner is not null && depth < Deepest; depth++, inner = inner.InnerException)
        {
            if (Entries.TryGetValue(inner, out var entry))
                return entry;
        }

        return null;
    }

    private sealed record Entry(IReadOnlyList<RetryAttempt> Attempts, int Used, long Moment);
}
