using System.Text;

namespace ProDev.Caching.Internal;

/// <summary>What stands before the keys of a cache.</summary>
internal static class SecondLevelPrefix
{
    public static string Of(SecondLevelOptions options, object? serviceKey)
    {
        if (options.KeyPrefix is { } prefix)
            return prefix;
        var text = new StringBuilder(SecondLevelDefaults.KeyPrefix);
        if (serviceKey is not null)
        {
            // Escaped, and the colon, too, so that no two keys make one prefix; hashed where it is long.
            var key = new StringBuilder();
            KeyEscape.Append(key, serviceKey.ToString(), ":");
            text.Append(key.Length <= SecondLevelDefaults.MaximumPrefixLength / 2 ? key.ToString() : StoreKeys.Hash(key.ToString())).Append(':');
        }

        return text.ToString();
    }
}
