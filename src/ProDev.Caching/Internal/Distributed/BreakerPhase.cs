namespace ProDev.Caching.Internal;

/// <summary>Who is let through.</summary>
internal enum BreakerPhase
{
    /// <summary>Everybody.</summary>
    Closed,

    /// <summary>Nobody.</summary>
    Open,

    /// <summary>One, whose success or failure decides.</summary>
    HalfOpen,
}
