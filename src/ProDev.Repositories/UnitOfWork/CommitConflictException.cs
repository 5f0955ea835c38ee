namespace ProDev.Repositories;

/// <summary>
/// A commit met what someone else had written. Nothing of it was stored. The inner exception is the store's own.
/// </summary>
public sealed class CommitConflictException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="conflict">Why the commit was refused.</param>
    /// <param name="entities">The names of the entity types concerned, as far as known.</param>
    /// <param name="innerException">The store's own exception.</param>
    /// <exception cref="ArgumentNullException"><paramref name="entities"/> is null.</exception>
    public CommitConflictException(CommitConflict conflict, IReadOnlyList<string> entities, Exception? innerException)
        : base(Describe(conflict, entities), innerException)
    {
        Conflict = conflict;
        Entities = entities;
    }

    /// <summary>Why the commit was refused.</summary>
    public CommitConflict Conflict { get; }

    /// <summary>The names of the entity types concerned, as far as known.</summary>
    public IReadOnlyList<string> Entities { get; }

    private static string Describe(CommitConflict conflict, IReadOnlyList<string> entities)
    {
        ArgumentNullException.ThrowIfNull(entities);
        var names = entities.Count == 0 ? "a row" : $"'{string.Join("', '", entities)}'";
        return conflict == CommitConflict.StaleRow
            ? $"The commit was refused: {names} was changed or deleted by someone else after it was read. Read it again, apply the change again and commit again."
            : $"The commit was refused: {names} has the key or the unique values of a row that exists already. Choose other values, or change the existing row.";
    }
}
