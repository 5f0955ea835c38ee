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
}
