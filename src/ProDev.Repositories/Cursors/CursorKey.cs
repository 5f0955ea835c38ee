using System.Security.Cryptography;

namespace ProDev.Repositories;

/// <summary>A signing key and its public id, both derived from one secret (HKDF, RFC 5869), so that nobody has to number keys.</summary>
internal sealed class CursorKey
{
    public const int IdBytes = 4;

    private CursorKey(byte[] id, byte[] secret)
    {
        Id = id;
        Secret = secret;
    }

    public byte[] Id { get; }

    public byte[] Secret { get; }

    public static CursorKey Derive(byte[] secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        if (secret.Length < CursorSigner.MinKeyBytes)
        {
            throw new ArgumentException(
                $"A cursor key has '{secret.Length}' bytes and at least {CursorSigner.MinKeyBytes} are needed. " +
                "Generate one with RandomNumberGenerator.GetBytes(32).",
                nameof(secret));
        }

        return new CursorKey(
            HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, IdBytes, info: "prodev cursor key id"u8.ToArray()),
            HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, HMACSHA256.HashSizeInBytes, info: "prodev cursor mac"u8.ToArray()));
    }
}
