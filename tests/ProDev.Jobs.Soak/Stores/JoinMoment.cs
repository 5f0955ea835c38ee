namespace ProDev.Jobs.Soak;

/// <summary>When a process dies that ends a member of a group.</summary>
public enum JoinMoment
{
    /// <summary>The store has not been asked.</summary>
    Before,

    /// <summary>The store is at it.</summary>
    During,

    /// <summary>The store has done it, and the worker does not know.</summary>
    After,
}
