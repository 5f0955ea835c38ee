using Microsoft.Extensions.Caching.Hybrid;

namespace ProDev.Caching.Internal;

internal sealed partial class SecondLevel
{
    /// <summary>Writes what a load answered, unless the key has changed since it began.</summary>
    /// <param name="key">The text of the key, region included.</param>
    /// <param name="value">The value.</param>
    /// <param name="tags">The tags: those of the read that the stamp is from.</param>
    /// <param name="stamp">What that read answered.</param>
    /// <param name="settings">How long to keep it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask StoreLoadedAsync<T>(
        string key, T value, IReadOnlyList<string> tags, SecondLevelStamp stamp, EntrySettings settings, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!stamp.IsKnown || !settings.WritesDistributed || _serializers.Find<T>() is not { } serializer)
            return;

        // Where there was nothing, only a tombstone tells of a removal, and it may have come and gone.
        if (stamp.Generation == 0 && _time.GetElapsedTime(stamp.AskedAt) >= _options.TombstoneLifetime)
        {
            CacheLog.LoadedTooSlowly(_logger, _name, key, _options.TombstoneLifetime);
            return;
        }

        // What is too large takes the place of the old value all the same, as nothing.
        var payload = Encode(key, value, TagTexts.Of(tags), serializer, settings);
        if (payload is null && stamp.Generation == 0)
            return;
        payload ??= Tombstone(key);
        var write = new PayloadWrite(_store, StoreKeys.Of(key), payload, payload.Times.KeptFrom(Now))
        {
            Versions = stamp.TagVersions,
            ExpectedGeneration = stamp.Generation,
        };
        var answer = await _gate.AskAsync(write, PayloadWrite.RunAsync, settings.DistributedHardTimeout, cancellationToken).ConfigureAwait(false);
        if (answer.IsKnown)
            payload.Dispose();
    }

    /// <summary>
    /// Writes a value in any case, bound to the tags' versions of now, and tells the other processes. What cannot be written removes the old value.
    /// </summary>
    /// <param name="key">The text of the key, region included.</param>
    /// <param name="value">The value.</param>
    /// <param name="tags">The tags.</param>
    /// <param name="settings">How long to keep it.</param>
    /// <param name="cancellationToken">Ends the wait; the key is then removed later.</param>
    public async ValueTask SetAsync<T>(string key, T value, IReadOnlyList<string> tags, EntrySettings settings, CancellationToken cancellationToken)
    {
        if (!settings.WritesDistributed)
            return;
        if (_serializers.Find<T>() is not { } serializer || Encode(key, value, TagTexts.Of(tags), serializer, settings) is not { } payload)
        {
            await RemoveAsync(key, cancellationToken).ConfigureAwait(false);
            return;
        }

        var write = new PayloadWrite(_store, StoreKeys.Of(key), payload, payload.Times.KeptFrom(Now)) { Tags = TagTexts.Of(tags) };
        var change = new PendingChange(CacheNoticeKind.KeyRemoved, key, isConfirmed: false);
        if (await ChangeAsync(change, write, PayloadWrite.RunAsync, settings.DistributedHardTimeout, cancellationToken).ConfigureAwait(false))
            payload.Dispose();
    }

    private EnvelopeWriter? Encode<T>(string key, T value, string[] tags, CacheSerializer<T> serializer, EntrySettings settings)
    {
        var expiration = value is null && settings.NullExpiration < settings.Expiration ? settings.NullExpiration.Value : settings.Expiration;
        var times = EnvelopeTimes.Of(Now, expiration, settings.FailSafeMaxDuration);
        var writer = new EnvelopeWriter(key, tags, times, serializer.Schema, _options.MaximumPayloadBytes);
        try
        {
            if (value is null)
                writer.Flags = EnvelopeFlags.Null;
            else
                serializer.Serializer.Serialize(value, writer.Buffer);
            writer.EndValue(settings.Flags.HasFlag(HybridCacheEntryFlags.DisableCompression) ? null : _options.CompressionThreshold);
            return writer;
        }
        catch (PayloadTooLargeException)
        {
            CacheLog.TooLarge(_logger, _name, key, _options.MaximumPayloadBytes);
        }
        catch (Exception exception)
        {
            CacheLog.NotSerialized(_logger, _name, typeof(T), exception);
        }

        writer.Dispose();
        return null;
    }
}
