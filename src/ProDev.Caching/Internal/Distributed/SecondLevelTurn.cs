namespace ProDev.Caching.Internal;

/// <summary>What a load that is about to begin has to know.</summary>
/// <param name="Read">What the second level has. If it is fresh, there is nothing to load.</param>
/// <param name="Lock">Keeps other processes from loading the key; disposed after the value was stored, or the load has failed. Null: there is none.</param>
internal readonly record struct SecondLevelTurn<T>(SecondLevelRead<T> Read, IAsyncDisposable? Lock);
