namespace ProDev.Jobs.PostgreSql;

/// <summary>The words about jobs that have ended: who says it, and which; or that there are too many to name.</summary>
internal static class EndMessage
{
    /// <summary>A notification has less than 8,000 bytes.</summary>
    public const int MaxIds = 200;

    private const int SenderLength = 32;

    public static string Write(string sender, IReadOnlyCollection<Guid> ids)
        => ids.Count > MaxIds ? sender : $"{sender}{string.Join(',', ids.Select(static i => i.ToString("n")))}";

    /// <summary>Returns whether somebody else says it; <paramref name="ids"/> is empty for any job. What cannot be read is about any job, too.</summary>
    public static bool TryRead(string text, string self, out IReadOnlyList<Guid> ids)
    {
        ids = [];
        if (text.StartsWith(self, StringComparison.Ordinal))
            return false;
        if (text.Length > SenderLength)
        {
            string[] words = text[SenderLength..].Split(',');
            if (Array.TrueForAll(words, static w => Guid.TryParse(w, out _)))
                ids = Array.ConvertAll(words, Guid.Parse);
        }

        return true;
    }
}
