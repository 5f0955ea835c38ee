namespace ProDev.Retry;

/// <summary>What a policy does about retries of other policies inside its operation, and when it runs inside of another's.</summary>
public enum NestedRetries
{
    /// <summary>
    /// Layers do not multiply. Attempts that another policy made beneath count as this one's own, and inside of another policy's second or later attempt this
    /// one runs its operation once. The deadline of the outer policy limits the inner one, too.
    /// </summary>
    Count = 0,

    /// <summary>Each layer retries on its own: three layers of four attempts call the backend up to 64 times.</summary>
    Multiply = 1,
}
