namespace ProDev.Caching.Internal;

/// <summary>A value that nobody may share, as bytes of which each reader gets a value of its own.</summary>
internal sealed class ValueCopy<TValue>
{
    private readonly ICopier<TValue> _copier;
    private readonly byte[]? _bytes;

    private ValueCopy(ICopier<TValue> copier, byte[]? bytes)
    {
        _copier = copier;
        _bytes = bytes;
    }

    /// <summary>Takes the bytes of a value; null when it is one to be shared after all.</summary>
    public static ValueCopy<TValue>? Of(ICopier<TValue>? copier, TValue value) =>
        copier is not null && copier.TryCapture(value, out var bytes) ? new ValueCopy<TValue>(copier, bytes) : null;

    public TValue Next() => _copier.Restore(_bytes);
}
