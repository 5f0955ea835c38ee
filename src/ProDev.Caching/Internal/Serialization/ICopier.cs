namespace ProDev.Caching.Internal;

/// <summary>Keeps a value as bytes, of which each caller gets a value of its own.</summary>
internal interface ICopier<T>
{
    /// <summary>Takes the bytes of a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="bytes">The bytes; null for null.</param>
    /// <returns>False when the value is to be shared: it is immutable after all, or cannot be serialized, which the log then tells.</returns>
    bool TryCapture(T value, out byte[]? bytes);

    /// <summary>A new value of bytes that <see cref="TryCapture"/> took.</summary>
    T Restore(byte[]? bytes);
}
