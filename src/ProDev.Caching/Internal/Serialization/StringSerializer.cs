using System.Buffers;
using System.Text;
using Microsoft.Extensions.Caching.Hybrid;

namespace ProDev.Caching.Internal;

/// <summary>
/// Strings as UTF-8. One that is no valid UTF-16 has no UTF-8 and is refused; replacing what cannot be written would answer another string.
/// </summary>
internal sealed class StringSerializer : IHybridCacheSerializer<string>
{
    public static readonly StringSerializer Instance = new();

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public string Deserialize(ReadOnlySequence<byte> source) => Strict.GetString(source);

    public void Serialize(string value, IBufferWriter<byte> target) => Strict.GetBytes(value, target);
}
