namespace ProDev.Repositories;

/// <summary>The type of a value in a cursor. The numbers are part of the format: never reuse one.</summary>
internal enum CursorTag : byte
{
    Null = 0,
    Boolean = 1,
    Int64 = 2,
    UInt64 = 3,
    Single = 4,
    Double = 5,
    Decimal = 6,
    String = 7,
    Guid = 8,
    DateTime = 9,
    DateTimeOffset = 10,
    DateOnly = 11,
    TimeOnly = 12,
    TimeSpan = 13,
    Bytes = 14,
    Char = 15,
}
