namespace ProDev.Caching.Internal;

/// <summary>How a second level stands at one moment. Its parts are read one after the other, not all at once.</summary>
/// <param name="Store">The store.</param>
/// <param name="Backplane">The backplane; null: there is none.</param>
/// <param name="LoadLocks">The locks; null: there are none.</param>
/// <param name="PendingChanges">Keys and tags whose changes wait for the store, or for the other processes.</param>
internal sealed record SecondLevelState(PartState Store, PartState? Backplane, PartState? LoadLocks, int PendingChanges);
