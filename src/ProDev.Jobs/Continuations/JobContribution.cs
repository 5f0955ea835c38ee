namespace ProDev.Jobs;

/// <summary>
/// One result of a group that something waits for. The store keeps it under (<see cref="JoinId"/>, <see cref="Index"/>); a second one for the
/// same place is ignored. When all <see cref="Size"/> places are taken, the store calls <see cref="Join"/> once with the results in order, takes
/// what it answers in the same change, and forgets the results.
/// </summary>
public sealed class JobContribution
{
    /// <summary>Identifies the group.</summary>
    public required Guid JoinId { get; init; }

    /// <summary>The place of this result, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>How many results the group has; at least 1.</summary>
    public required int Size { get; init; }

    /// <summary>
    /// The result, as JSON; <c>null</c> of JSON for a job that returns nothing. Empty if there will never be one, because the job was revoked or discarded:
    /// it takes its place all the same, so that the store can forget the group when nobody is left to contribute.
    /// </summary>
    public required ReadOnlyMemory<byte> Result { get; init; }

    /// <summary>Says what follows the group. Depends on its argument alone, so a store whose change is rolled back may call it again.</summary>
    public required Func<IReadOnlyList<ReadOnlyMemory<byte>>, JobFollowUp> Join { get; init; }
}
