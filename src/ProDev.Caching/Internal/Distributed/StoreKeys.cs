using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace ProDev.Caching.Internal;

/// <summary>
/// The key a store gets for the text of a key: the text where it is short and printable, else its SHA-256. The payload repeats the text, so that
/// also two texts with one hash, or a text that looks like a hash, are told apart.
/// </summary>
internal static class StoreKeys
{
    private const char HashMark = '#';

    public static string Of(string text) =>
        text.Length <= SecondLevelDefaults.MaximumKeyLength && !text.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? text
            : Hash(text);

    public static string Hash(string text) => HashMark + Base64Url.EncodeToString(SHA256.HashData(MemoryMarshal.AsBytes(text.AsSpan())));
}
