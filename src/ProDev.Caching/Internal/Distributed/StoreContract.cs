namespace ProDev.Caching.Internal;

/// <summary>Checks what a store answers as far as it can be checked.</summary>
internal static class StoreContract
{
    /// <exception cref="InvalidOperationException">The store did not answer one version for each tag; the caller takes it for an outage.</exception>
    public static void CheckVersions(long[]? versions, string[] tags)
    {
        if (versions?.Length != tags.Length)
            throw new InvalidOperationException($"The store answered {versions?.Length ?? 0} versions for {tags.Length} tags; it must answer one for each.");
    }
}
