using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace ProDev.Repositories;

/// <summary>
/// Writes positions as opaque, signed text and reads them back, refusing whatever it did not write for the same scope. Thread-safe.
/// </summary>
/// <remarks>
/// A cursor is base64url of: format version (1 byte), key id (4), scope hash (16), flags (1), number of values (1), the typed
/// values, and HMAC-SHA256 over all of it (32). Key id and signing key are derived from the given key by HKDF-SHA256. The signature is
/// compared in constant time before any value is parsed. Signing hides nothing: whoever holds a cursor can read the sort-key values of
/// one row. A cursor is no authorization either: filters are always applied again.
/// </remarks>
public sealed class CursorSigner
{
    /// <summary>The longest cursor that is written or read: 2048 characters.</summary>
    public const int MaxLength = 2048;

    /// <summary>The shortest key that is accepted: 32 bytes.</summary>
    public const int MinKeyBytes = 32;

    private const byte Version = 1;
    private const int KeyIdOffset = 1;
    private const int ScopeOffset = KeyIdOffset + CursorKey.IdBytes;
    private const int ScopeBytes = 16;
    private const int FlagsOffset = ScopeOffset + ScopeBytes;
    private const int CountOffset = FlagsOffset + 1;
    private const int ValuesOffset = CountOffset + 1;
    private const byte InclusiveFlag = 1;

    private readonly CursorKey[] _keys;

    /// <summary>Makes a signer from a key ring. To rotate, put the new key first and drop the old one when its cursors may die.</summary>
    /// <param name="keys">Random keys of at least <see cref="MinKeyBytes"/> bytes. The first signs; all verify.</param>
    /// <exception cref="ArgumentNullException"><paramref name="keys"/> or one of them is null.</exception>
    /// <exception cref="ArgumentException">There is no key, a key is too short, or a key is listed twice.</exception>
    public CursorSigner(params IEnumerable<byte[]> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        _keys = [.. keys.Select(CursorKey.Derive)];
        if (_keys.Length == 0)
            throw new ArgumentException("A cursor signer needs at least one key. Pass a random key of 32 bytes or more.", nameof(keys));

        if (_keys.DistinctBy(key => Convert.ToHexString(key.Id), StringComparer.Ordinal).Count() != _keys.Length)
            throw new ArgumentException("A key is listed twice in the key ring. List each key once, the signing key first.", nameof(keys));
    }

    /// <summary>
    /// Makes a signer with a random key that lives as long as the signer: its cursors are refused after a restart and by other nodes.
    /// </summary>
    public static CursorSigner CreateEphemeral() => new(RandomNumberGenerator.GetBytes(MinKeyBytes));

    /// <summary>
    /// Tells whether values of a type can stand in a cursor: the primitive numbers, bool, char, string, decimal, Guid, DateTime,
    /// DateTimeOffset, DateOnly, TimeOnly, TimeSpan, byte arrays, and enums.
    /// </summary>
    /// <param name="type">The type; of a nullable value type, the underlying type counts.</param>
    /// <exception cref="ArgumentNullException"><paramref name="type"/> is null.</exception>
    public static bool CanEncode(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return CursorCodec.TagOf(type) is not null;
    }

    /// <summary>Writes a position as a cursor.</summary>
    /// <param name="position">The position, with at most 255 values of types that <see cref="CanEncode"/>.</param>
    /// <param name="scope">Whatever identifies the query: the cursor is refused under any other scope. It is hashed, not stored.</param>
    /// <returns>URL-safe text.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="position"/> is null.</exception>
    /// <exception cref="ArgumentException">A value has a type that cannot be encoded, or there are more than 255.</exception>
    /// <exception cref="InvalidOperationException">The cursor would be longer than <see cref="MaxLength"/>.</exception>
    public string Sign(CursorPosition position, ReadOnlySpan<byte> scope)
    {
        ArgumentNullException.ThrowIfNull(position);
        if (position.Values.Count > byte.MaxValue)
            throw new ArgumentException($"A cursor holds at most 255 values, not '{position.Values.Count}'. Order by fewer keys.", nameof(position));

        var key = _keys[0];
        var buffer = new ArrayBufferWriter<byte>(128);
        var head = buffer.GetSpan(ValuesOffset)[..ValuesOffset];
        head[0] = Version;
        key.Id.CopyTo(head[KeyIdOffset..]);
        HashScope(scope, head.Slice(ScopeOffset, ScopeBytes));
        head[FlagsOffset] = position.IsInclusive ? InclusiveFlag : (byte)0;
        head[CountOffset] = (byte)position.Values.Count;
        buffer.Advance(ValuesOffset);
        foreach (var value in position.Values)
            CursorCodec.Write(buffer, value);

        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key.Secret, buffer.WrittenSpan, mac);
        buffer.Write(mac);

        var cursor = Base64Url.EncodeToString(buffer.WrittenSpan);
        if (cursor.Length > MaxLength)
        {
            throw new InvalidOperationException(
                $"The cursor would have '{cursor.Length}' characters and {MaxLength} are allowed. Order by shorter keys.");
        }

        return cursor;
    }

    /// <summary>Reads a cursor back, if this key ring signed it for the same scope.</summary>
    /// <param name="cursor">The cursor.</param>
    /// <param name="scope">What identifies the query, byte for byte as it was signed.</param>
    /// <param name="types">The type of each value. The query decides the types, not the cursor.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="InvalidCursorException">The cursor is refused.</exception>
    public CursorPosition Verify(string cursor, ReadOnlySpan<byte> scope, IReadOnlyList<Type> types)
    {
        ArgumentNullException.ThrowIfNull(cursor);
        ArgumentNullException.ThrowIfNull(types);

        var bytes = Decode(cursor);
        var body = bytes.AsSpan(0, bytes.Length - HMACSHA256.HashSizeInBytes);
        if (body[0] != Version)
            throw new InvalidCursorException(CursorFault.UnsupportedVersion);

        if (!TryFindKey(body.Slice(KeyIdOffset, CursorKey.IdBytes), out var key))
            throw new InvalidCursorException(CursorFault.UnknownKey);

        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key.Secret, body, mac);
        if (!CryptographicOperations.FixedTimeEquals(mac, bytes.AsSpan(body.Length)))
            throw new InvalidCursorException(CursorFault.BadSignature);

        Span<byte> expected = stackalloc byte[ScopeBytes];
        HashScope(scope, expected);
        if (!body.Slice(ScopeOffset, ScopeBytes).SequenceEqual(expected) || body[CountOffset] != types.Count)
            throw new InvalidCursorException(CursorFault.WrongScope);

        var reader = new CursorReader(body[ValuesOffset..]);
        var values = new object?[types.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = CursorCodec.Read(ref reader, types[i]);

        reader.RequireEnd();
        return new CursorPosition(values, (body[FlagsOffset] & InclusiveFlag) != 0);
    }

    private static byte[] Decode(string cursor)
    {
        if (cursor.Length > MaxLength)
            throw new InvalidCursorException(CursorFault.TooLong);

        // Unused low bits of the last character decode to the same bytes, so only the one spelling we write is accepted.
        var bytes = new byte[Base64Url.GetMaxDecodedLength(cursor.Length)];
        if (Base64Url.DecodeFromChars(cursor, bytes, out _, out var written) != OperationStatus.Done
            || written < ValuesOffset + HMACSHA256.HashSizeInBytes
            || !cursor.AsSpan().SequenceEqual(Base64Url.EncodeToString(bytes.AsSpan(0, written))))
        {
            throw new InvalidCursorException(CursorFault.Malformed);
        }

        return bytes[..written];
    }

    private bool TryFindKey(ReadOnlySpan<byte> id, [NotNullWhen(true)] out CursorKey? key)
    {
        foreach (var candidate in _keys)
        {
            if (id.SequenceEqual(candidate.Id))
            {
                key = candidate;
                return true;
            }
        }

        key = null;
        return false;
    }

    private static void HashScope(ReadOnlySpan<byte> scope, Span<byte> destination)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(scope, hash);
        hash[..ScopeBytes].CopyTo(destination);
    }
}
