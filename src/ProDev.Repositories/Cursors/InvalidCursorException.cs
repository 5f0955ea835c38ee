namespace ProDev.Repositories;

/// <summary>A cursor was refused. The caller sent it, so this is a bad request, not a fault of the program.</summary>
public sealed class InvalidCursorException : Exception
{
    /// <summary>Makes the exception for a fault.</summary>
    /// <param name="fault">Why the cursor was refused.</param>
    public InvalidCursorException(CursorFault fault)
        : base($"The cursor was refused: {Describe(fault)}. Ask for the first page, and pass cursors back unchanged.") => Fault = fault;

    /// <summary>Why the cursor was refused.</summary>
    public CursorFault Fault { get; }

    private static string Describe(CursorFault fault) => fault switch
    {
        CursorFault.Malformed => "it is not a cursor",
        CursorFault.TooLong => $"it is longer than {CursorSigner.MaxLength} characters",
        CursorFault.UnsupportedVersion => "its format is not known to this version",
        CursorFault.UnknownKey => "the key that signed it is not in the key ring",
        CursorFault.BadSignature => "its signature does not match",
        CursorFault.WrongScope => "it belongs to another query, order, filter, tenant or user",
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, $"'{fault}' is not a fault of a cursor."),
    };
}
