namespace ProDev.Caching.Internal;

/// <summary>The text of string keys: themselves, escaped.</summary>
internal sealed class StringKeyFormat : KeyFormat<string>
{
    public static readonly StringKeyFormat Instance = new();

    public override string Region => string.Empty;

    public override string WriteKey(string key) => KeyEscape.Write(key);

    public override bool TryReadKey(ReadOnlySpan<char> text, out string key)
    {
        var read = KeyEscape.Read(text);
        key = read ?? string.Empty;
        return read is not null;
    }
}
