namespace ProDev.Caching.Internal;

/// <summary>What a payload is. The values are stored.</summary>
[Flags]
internal enum EnvelopeFlags
{
    None = 0,

    /// <summary>The value is compressed with Brotli.</summary>
    Compressed = 1,

    /// <summary>There is no value: the key was removed, and loads that began before must not write.</summary>
    Tombstone = 2,

    /// <summary>The value was declared expired. A flag, because the clock of the reader may be behind that of the one who said so.</summary>
    Expired = 4,

    /// <summary>The value is null.</summary>
    Null = 8,

    All = Compressed | Tombstone | Expired | Null,
}
