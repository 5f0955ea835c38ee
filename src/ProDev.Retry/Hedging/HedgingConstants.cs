namespace ProDev.Retry;

/// <summary>The defaults and limits of hedging; documentation and tests quote these, and nothing else.</summary>
internal static class HedgingConstants
{
    /// <summary>All copies, the first included.</summary>
    public const int DefaultMaxAttempts = 2;

    /// <summary>Each copy is load on the dependency, so that more than a handful is a mistake.</summary>
    public const int MostAttempts = 10;

    public static readonly TimeSpan DefaultDelay = TimeSpan.FromSeconds(1);
}
