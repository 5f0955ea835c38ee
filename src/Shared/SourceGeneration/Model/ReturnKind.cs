namespace ProDev.Shared.SourceGeneration;

/// <summary>What a method gives back, as far as a decorator has to treat it differently.</summary>
internal enum ReturnKind
{
    /// <summary>Nothing.</summary>
    Void,

    /// <summary>A value, on the caller's thread.</summary>
    Value,

    /// <summary>A value by <c>ref</c> or <c>ref readonly</c>.</summary>
    Reference,

    /// <summary><c>Task</c>.</summary>
    Task,

    /// <summary><c>Task&lt;T&gt;</c>.</summary>
    TaskOfT,

    /// <summary><c>ValueTask</c>.</summary>
    ValueTask,

    /// <summary><c>ValueTask&lt;T&gt;</c>.</summary>
    ValueTaskOfT,

    /// <summary><c>IAsyncEnumerable&lt;T&gt;</c>: the work happens after the method has returned.</summary>
    AsyncEnumerable,
}
