namespace ProDev.Repositories;

/// <summary>Why a cursor was refused.</summary>
public enum CursorFault
{
    /// <summary>It is not text that this library wrote: empty, cut short, or not base64url.</summary>
    Malformed,

    /// <summary>It is longer than <see cref="CursorSigner.MaxLength"/>.</summary>
    TooLong,

    /// <summary>It was written in a format that this version of the library does not read.</summary>
    UnsupportedVersion,

    /// <summary>It was signed with a key that is not, or no longer, in the key ring.</summary>
    UnknownKey,

    /// <summary>Its signature does not match: it was changed after it was signed.</summary>
    BadSignature,

    /// <summary>It belongs to another query: another entity, order, filter, tenant or user.</summary>
    WrongScope,
}
