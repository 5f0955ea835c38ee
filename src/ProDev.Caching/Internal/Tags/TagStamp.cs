namespace ProDev.Caching.Internal;

/// <summary>The version a tag had when a load began. A value is good as long as that is still the tag's version.</summary>
internal readonly struct TagStamp(TagState tag)
{
    private readonly TagState _tag = tag;
    private readonly long _version = tag.Version;

    public string Name => _tag.Name;

    public bool IsCurrent => _tag.Version == _version;
}
