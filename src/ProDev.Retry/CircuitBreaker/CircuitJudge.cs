namespace ProDev.Retry;

/// <summary>Decides what an outcome says about the dependency. It does not throw: it runs in exception filters.</summary>
internal static class CircuitJudge
{
    public static CircuitVerdict OfException(
        CircuitBreakerOptions settings, CircuitCallbacks callbacks, Exception exception, CancellationToken callersToken)
    {
        // Whatever the operation throws then, the caller's leaving may be the reason.
        if (callersToken.IsCancellationRequested)
            return CircuitVerdict.Neutral;

        if (settings.ShouldCount is { } predicate)
        {
            try
            {
                return predicate(exception) ? CircuitVerdict.Failure : CircuitVerdict.Neutral;
            }
            catch (Exception thrown)
            {
                callbacks.Threw(nameof(settings.ShouldCount), thrown);
            }
        }

        return CountsByDefault(exception, callersToken) ? CircuitVerdict.Failure : CircuitVerdict.Neutral;
    }

    public static CircuitVerdict OfResult<T>(CircuitBreakerOptions settings, CircuitCallbacks callbacks, T result)
    {
        try
        {
            foreach (var predicate in settings.ResultPredicates ?? [])
            {
                if (predicate is Func<T, bool> isFailure && isFailure(result))
                    return CircuitVerdict.Failure;
            }

            return CircuitVerdict.Success;
        }
        catch (Exception thrown)
        {
            callbacks.Threw(nameof(settings.CountResult), thrown);
            return CircuitVerdict.Neutral;
        }
    }

    // The caller who could have cancelled did not, so it was a timeout or the like. Without a token nobody can tell.
    private static bool CountsByDefault(Exception exception, CancellationToken callersToken) =>
        (exception is OperationCanceledException && callersToken.CanBeCanceled) || DefaultClassifier.IsRetried(exception);
}
