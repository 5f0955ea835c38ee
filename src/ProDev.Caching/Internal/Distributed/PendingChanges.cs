using System.Collections.Immutable;

namespace ProDev.Caching.Internal;

/// <summary>
/// What was pending at one moment. A read takes it before it asks the store and judges the answer by it: a change that is delivered
/// in between may have come too late for that answer.
/// </summary>
internal sealed class PendingChanges
{
    public static readonly PendingChanges None = new(ImmutableDictionary<PendingSubject, PendingChange>.Empty);

    private static readonly PendingSubject All = new(IsTag: true, TagTable.Everything);

    private readonly ImmutableDictionary<PendingSubject, PendingChange> _changes;

    private PendingChanges(ImmutableDictionary<PendingSubject, PendingChange> changes) => _changes = changes;

    public int Count => _changes.Count;

    public IEnumerable<PendingChange> Changes => _changes.Values;

    public PendingChange? Find(PendingSubject subject) => _changes.GetValueOrDefault(subject);

    public PendingChanges With(PendingSubject subject, PendingChange? change) =>
        new(change is null ? _changes.Remove(subject) : _changes.SetItem(subject, change));

    /// <summary>What takes the place of too many changes.</summary>
    public static PendingChanges Everything() =>
        None.With(All, new PendingChange(CacheNoticeKind.TagInvalidated, TagTable.Everything, isConfirmed: false));

    /// <summary>Whether the store's answer about a key is not to be believed.</summary>
    public bool HidesKey(string key) => _changes.Count > 0 && (Hides(All) || Hides(new PendingSubject(IsTag: false, key)));

    /// <summary>Whether the store's version of a tag is not to be believed.</summary>
    public bool HidesTag(string tag) => _changes.Count > 0 && Hides(new PendingSubject(IsTag: true, tag));

    private bool Hides(PendingSubject subject) => _changes.TryGetValue(subject, out var change) && !change.IsConfirmed;
}
