using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace ProDev.Retry;

/// <summary>
/// Makes the object of each key once, also when many ask at the same moment. One that could not be made is tried again by the next who asks: faulty settings may be
/// corrected. Thread-safe.
/// </summary>
internal sealed class MadeOnce<TKey, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TValue>(
    Func<TKey, TValue> make, IEqualityComparer<TKey>? comparer = null)
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, Lazy<TValue>> _made = new(comparer);

    public TValue Get(TKey key)
    {
        if (!_made.TryGetValue(key, out var value))
            value = _made.GetOrAdd(key, missing => new Lazy<TValue>(() => make(missing)));
        try
        {
            return value.Value;
        }
        catch
        {
            // A Lazy would throw for ever what it threw once.
            _made.TryRemove(KeyValuePair.Create(key, value));
            throw;
        }
    }

    /// <summary>Whether somebody has asked for it.</summary>
    public bool Has(TKey key) => _made.ContainsKey(key);
}
