using System.Globalization;

namespace ProDev.Retry;

/// <summary>Builds the few exceptions that are the policy's own.</summary>
internal static class HedgingExceptions
{
    public static OperationCanceledException Cancelled(int attempt, Exception failure, CancellationToken token) => new(
        string.Create(CultureInfo.InvariantCulture,
            $"The caller cancelled the operation while copies of it ran. The inner exception is what copy {attempt} threw."),
        failure,
        token);

    public static InvalidOperationException CallbackThrew(string callback, int attempt, Exception callbackFailure, Exception? copyFailure)
    {
        var message = string.Create(CultureInfo.InvariantCulture,
            $"The {callback} callback of the hedging policy threw for copy {attempt}. Correct the callback: it must not throw. ");
        return copyFailure is null
            ? new(message + "The inner exception is what the callback threw.", callbackFailure)
            : new(
                message + "The inner exceptions are what the callback and a copy threw.",
                new AggregateException(callbackFailure, copyFailure));
    }
}
