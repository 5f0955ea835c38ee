namespace ProDev.Caching.Internal;

/// <summary>
/// Tags as stores and other processes know them: printable ASCII. Any two tags have different texts, also those that are no valid UTF-16, which a
/// store's encoding would make one.
/// </summary>
internal static class TagTexts
{
    /// <summary>The texts of the tags of a value: <c>*</c>, which every value has, and then its own.</summary>
    public static string[] Of(IReadOnlyList<string> tags)
    {
        if (tags.Count == 0)
            return [TagTable.Everything];
        var texts = new string[tags.Count + 1];
        texts[0] = TagTable.Everything;
        for (var index = 0; index < tags.Count; index++)
            texts[index + 1] = KeyEscape.Write(tags[index]);
        return texts;
    }

    /// <summary>The tags of texts, <c>*</c> left out.</summary>
    public static IReadOnlyList<string> Read(string[] texts) =>
        texts.Length <= 1 ? [] : [.. texts.Where(static text => text != TagTable.Everything).Select(static text => KeyEscape.Read(text) ?? text)];
}
