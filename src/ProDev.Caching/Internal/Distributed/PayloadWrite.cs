namespace ProDev.Caching.Internal;

/// <summary>One write of a payload.</summary>
/// <param name="Store">The store.</param>
/// <param name="Key">The key as the store gets it.</param>
/// <param name="Payload">The payload, not yet sealed.</param>
/// <param name="Lifetime">How long the store keeps it.</param>
internal sealed record PayloadWrite(IDistributedCacheStore Store, string Key, EnvelopeWriter Payload, TimeSpan Lifetime)
{
    /// <summary>The tags whose versions are read first, where they are not known.</summary>
    public string[] Tags { get; init; } = [];

    public long[] Versions { get; init; } = [];

    /// <summary>Null: write in any case.</summary>
    public long? ExpectedGeneration { get; init; }

    public static async ValueTask<bool> RunAsync(PayloadWrite write, CancellationToken cancellationToken)
    {
        var versions = write.Versions;
        if (write.Tags.Length > 0)
        {
            versions = await write.Store.ReadTagVersionsAsync(write.Tags, cancellationToken).ConfigureAwait(false);
            StoreContract.CheckVersions(versions, write.Tags);
        }

        // A write that nobody waits for any more was given up as not done, and is not begun.
        cancellationToken.ThrowIfCancellationRequested();
        return await write.Store.WriteAsync(write.Key, write.Payload.Seal(versions), write.Lifetime, write.ExpectedGeneration, cancellationToken)
            .ConfigureAwait(false);
    }
}
