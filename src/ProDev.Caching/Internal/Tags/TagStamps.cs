namespace ProDev.Caching.Internal;

/// <summary>The stamps of one value: the one that <c>*</c> invalidates, and one for each of its tags.</summary>
internal readonly struct TagStamps(TagStamp everything, TagStamp[]? tags)
{
    private readonly TagStamp _everything = everything;
    private readonly TagStamp[]? _tags = tags;

    public bool AreCurrent
    {
        get
        {
            if (!_everything.IsCurrent)
                return false;
            if (_tags is null)
                return true;
            foreach (ref readonly var stamp in _tags.AsSpan())
            {
                if (!stamp.IsCurrent)
                    return false;
            }

            return true;
        }
    }

    /// <summary>The names of the tags, without <c>*</c>.</summary>
    public IReadOnlyList<string> Names => _tags is null ? [] : [.. _tags.Select(stamp => stamp.Name)];

    /// <summary>Whether the value has every one of the tags.</summary>
    public bool HaveAll(IReadOnlyCollection<string> tags)
    {
        if (_tags is null)
            return false;
        foreach (var tag in tags)
        {
            if (!Array.Exists(_tags, stamp => stamp.Name == tag))
                return false;
        }

        return true;
    }
}
