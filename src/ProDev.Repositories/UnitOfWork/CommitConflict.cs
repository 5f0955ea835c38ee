namespace ProDev.Repositories;

/// <summary>Why the store refused a commit.</summary>
public enum CommitConflict
{
    /// <summary>A row was changed or deleted by someone else after it was read. Read it again, apply the change again, commit again.</summary>
    StaleRow,

    /// <summary>A row with the same primary key or the same unique values exists already.</summary>
    DuplicateRow,
}
