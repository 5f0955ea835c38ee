namespace ProDev.Jobs;

/// <summary>Which dead letters to list. Conditions that are <see langword="null"/> let everything through.</summary>
public sealed class DeadLetterQuery
{
    /// <summary>Only jobs of this name.</summary>
    /// <value>The default is <see langword="null"/>: all.</value>
    public string? Name { get; init; }

    /// <summary>Only jobs given up for this reason.</summary>
    /// <value>The default is <see langword="null"/>: all.</value>
    public DeadLetterReason? Reason { get; init; }

    /// <summary>Only jobs whose id comes after this one: pass the last id of a page to get the next page.</summary>
    /// <value>The default is <see langword="null"/>: from the start.</value>
    public Guid? After { get; init; }

    /// <summary>How many at most; from 1 to 1,000.</summary>
    /// <value>The default is 100.</value>
    public int Take { get; init; } = 100;
}
