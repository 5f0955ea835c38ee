namespace ProDev.Retry;

/// <summary>What an outcome says about the dependency.</summary>
internal enum CircuitVerdict
{
    /// <summary>Nothing: the caller cancelled, or used it wrongly.</summary>
    Neutral = 0,
    Success = 1,
    Failure = 2,
}
