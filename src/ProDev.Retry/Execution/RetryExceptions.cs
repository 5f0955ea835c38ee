using System.Globalization;

namespace ProDev.Retry;

/// <summary>Builds the few exceptions that are the policy's own.</summary>
internal static class RetryExceptions
{
    public static OperationCanceledException CancelledDuring(int attempt, Exception failure, CancellationToken token) => new(
        string.Create(CultureInfo.InvariantCulture,
            $"The caller cancelled the operation during attempt {attempt}. The inner exception is what the attempt threw."),
        failure,
        token);

    public static OperationCanceledException CancelledBefore(int attempt, Exception? failure, CancellationToken token) => new(
        string.Create(CultureInfo.InvariantCulture,
            $"The caller cancelled the operation before attempt {attempt}. The inner exception is what the attempt before it threw."),
        failure,
        token);

    public static InvalidOperationException CallbackThrew(
        string callback, int attempt, Exception callbackFailure, Exception? attemptFailure)
    {
        var message = string.Create(CultureInfo.InvariantCulture,
            $"The {callback} callback of the retry policy threw after attempt {attempt}. Correct the callback: it must not throw. ");
        return attemptFailure is null
            ? new(message + "The inner exception is what the callback threw.", callbackFailure)
            : new(
                message + "The inner exceptions are what the callback and the attempt threw.",
                new AggregateException(callbackFailure, attemptFailure));
    }
}
