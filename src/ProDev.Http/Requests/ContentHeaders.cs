namespace ProDev.Http;

internal static class ContentHeaders
{
    /// <summary>Copies the headers as they are, without reading them. A length that nobody has asked for is not there yet, and need not be.</summary>
    public static void Copy(HttpContent source, HttpContent target)
    {
        foreach (var header in source.Headers.NonValidated)
            target.Headers.TryAddWithoutValidation(header.Key, header.Value);
    }
}
