namespace ProDev.Caching.Internal;

/// <summary>Compares the versions a value is bound to with those of now.</summary>
internal static class TagVersions
{
    public static bool AreCurrent(Envelope envelope, string[] tags, long[] versions)
    {
        for (var index = 0; index < envelope.Tags.Length; index++)
        {
            var at = Array.IndexOf(tags, envelope.Tags[index]);
            if (at < 0 || versions[at] != envelope.TagVersions[index])
                return false;
        }

        return true;
    }
}
