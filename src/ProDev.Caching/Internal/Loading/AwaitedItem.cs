namespace ProDev.Caching.Internal;

/// <summary>An item of a call for several, whose value is being loaded.</summary>
/// <param name="Item">The item.</param>
/// <param name="Flight">The load of its value.</param>
/// <param name="Task">What to wait for.</param>
/// <param name="IsLed">Whether this call loads it; else another does.</param>
internal sealed record AwaitedItem<TKey, TItem, TValue>(TItem Item, Flight<TKey, TValue> Flight, Task<TValue> Task, bool IsLed)
    where TKey : notnull;
