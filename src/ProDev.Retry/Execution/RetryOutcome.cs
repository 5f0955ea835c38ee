namespace ProDev.Retry;

/// <summary>How a call without a result ended, for those who do not want to catch.</summary>
public readonly struct RetryOutcome
{
    private readonly RetryOutcome<ValueTuple> _outcome;

    internal RetryOutcome(RetryOutcome<ValueTuple> outcome) => _outcome = outcome;

    /// <summary>Gets whether an attempt succeeded.</summary>
    public bool IsSuccess => _outcome.IsSuccess;

    /// <summary>Gets what the last attempt threw, or the caller's cancellation with the caller's token; null after a success.</summary>
    public Exception? Exception => _outcome.Exception;

    /// <inheritdoc cref="RetryOutcome{T}.End"/>
    public RetryEnd End => _outcome.End;

    /// <inheritdoc cref="RetryOutcome{T}.Attempts"/>
    public int Attempts => _outcome.Attempts;

    /// <inheritdoc cref="RetryOutcome{T}.History"/>
    public IReadOnlyList<RetryAttempt> History => _outcome.History;

    /// <summary>Throws the exception with its stack, if there is one.</summary>
    public void ThrowIfFailed() => _outcome.GetResult();
}
