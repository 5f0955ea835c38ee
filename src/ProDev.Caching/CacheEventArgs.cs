namespace ProDev.Caching;

/// <summary>Something that happened to a value in this process's memory.</summary>
public sealed class CacheEventArgs : EventArgs
{
    internal CacheEventArgs(CacheEventKind kind, object key, Exception? error)
    {
        Kind = kind;
        Key = key;
        Error = error;
    }

    /// <summary>What happened.</summary>
    public CacheEventKind Kind { get; }

    /// <summary>The key: a string, or for a decorated method the arguments as they make its key.</summary>
    public object Key { get; }

    /// <summary>Why a load failed; null otherwise.</summary>
    public Exception? Error { get; }
}
