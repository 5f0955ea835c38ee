namespace ProDev.Caching.Internal;

/// <summary>
/// Where the parts of a payload stand. Numbers are little-endian. After the head follow the text of the key, the tags (length, text, version
/// each), the value and the checksum of all before it.
/// </summary>
internal static class EnvelopeLayout
{
    /// <summary>"PDC" and the number of the format. A new format gets a new number and is foreign to older builds, as theirs is to it.</summary>
    public const uint Magic = 0x01_43_44_50;

    public const int Generation = 0;
    public const int MagicAt = 8;
    public const int Flags = 12;
    public const int TotalLength = 16;
    public const int ValueLength = 20;
    public const int CreatedAt = 24;
    public const int FreshUntil = 32;
    public const int KeptUntil = 40;
    public const int Schema = 48;
    public const int KeyLength = 64;
    public const int TagCount = 68;
    public const int Head = 72;
    public const int Checksum = sizeof(uint);
}
