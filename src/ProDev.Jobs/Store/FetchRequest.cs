namespace ProDev.Jobs;

/// <summary>What a worker asks the store for.</summary>
public sealed class FetchRequest
{
    /// <summary>The queues to take from, in order: a later queue is looked at only when the earlier ones have no more ready jobs.</summary>
    public required IReadOnlyList<string> Queues { get; init; }

    /// <summary>How many jobs at most; at least 1.</summary>
    public required int Maximum { get; init; }

    /// <summary>How long the leases hold, from now by the store's clock.</summary>
    public required TimeSpan Lease { get; init; }

    /// <summary>Names the worker, for people who look into the store.</summary>
    public required string Worker { get; init; }

    /// <summary>
    /// The jobs to lease; all others are passed over, and so are those of them that are not ready in one of <see cref="Queues"/>. For a store behind a
    /// broker, whose message says which job is next. Workers never set it. Needs <see cref="JobStoreAbilities.Queries"/>.
    /// </summary>
    /// <value>The default is <see langword="null"/>: any job.</value>
    public IReadOnlyList<Guid>? JobIds { get; init; }
}
