using System.Buffers;
using System.IO.Compression;

namespace ProDev.Caching.Internal;

internal sealed partial class SecondLevel
{
    /// <summary>Reads a value, if it is there and its tags are current, and what a write after a load has to know.</summary>
    /// <param name="key">The text of the key, region included.</param>
    /// <param name="tags">The tags the call asks for.</param>
    /// <param name="settings">
    /// Timeouts and flags. A call that only writes gets no value, but what its write has to know; one that neither reads nor writes asks nobody.
    /// </param>
    /// <param name="hasStale">Whether the soft timeout applies.</param>
    /// <param name="cancellationToken">Cancelled when nobody waits any more.</param>
    public async ValueTask<SecondLevelRead<T>> ReadAsync<T>(
        string key, IReadOnlyList<string> tags, EntrySettings settings, bool hasStale, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();

        // Before the store is asked: a change that is delivered while it answers may have come too late for the answer.
        var pending = _recovery.Pending;
        if ((!settings.ReadsDistributed && !settings.WritesDistributed) || pending.HidesKey(key) || _serializers.Find<T>() is not { } serializer)
            return default;
        var asked = TagTexts.Of(tags);
        var askedAt = _time.GetTimestamp();
        var timeout = hasStale && settings.DistributedSoftTimeout is { } soft ? soft : settings.DistributedHardTimeout;
        var answer = await _gate.AskAsync((this, key, asked), FindAsync, timeout, cancellationToken).ConfigureAwait(false);
        if (!answer.IsKnown)
            return default;

        var found = answer.Value;
        var stamp = new SecondLevelStamp(found.CanBeReplaced, found.Generation, found.AskedVersions, askedAt);
        if (found.Fault is not null)
            CacheLog.Discarded(_logger, _name, key, found.Fault, exception: null);
        return settings.ReadsDistributed && found is { IsCurrent: true, Envelope: { IsTombstone: false } envelope }
            && !Array.Exists(envelope.Tags, pending.HidesTag)
            ? Judge(key, envelope, serializer, stamp)
            : new SecondLevelRead<T>(SecondLevelFreshness.Missing, default, default, stamp);
    }

    private static async ValueTask<FoundPayload> FindAsync((SecondLevel Level, string Key, string[] Tags) call, CancellationToken cancellationToken)
    {
        var (level, key, tags) = call;
        var read = await level._store.ReadAsync(StoreKeys.Of(key), tags, cancellationToken).ConfigureAwait(false);
        StoreContract.CheckVersions(read.TagVersions, tags);
        var found = FoundPayload.Of(read, key, level._options.MaximumPayloadBytes);
        if (found.Envelope is not { } envelope)
            return found;

        // Read after the payload, so that an invalidation from before it is seen.
        var others = envelope.Tags.Except(tags, StringComparer.Ordinal).ToArray();
        long[] versions = [];
        if (others.Length > 0)
        {
            versions = await level._store.ReadTagVersionsAsync(others, cancellationToken).ConfigureAwait(false);
            StoreContract.CheckVersions(versions, others);
        }

        return found with { IsCurrent = TagVersions.AreCurrent(envelope, [.. tags, .. others], [.. read.TagVersions, .. versions]) };
    }

    private SecondLevelRead<T> Judge<T>(string key, Envelope envelope, CacheSerializer<T> serializer, SecondLevelStamp stamp)
    {
        var missing = new SecondLevelRead<T>(SecondLevelFreshness.Missing, default, default, stamp);
        var now = Now;
        var fresh = envelope.Times.FreshFrom(now);
        var isFresh = fresh > TimeSpan.Zero && !envelope.Flags.HasFlag(EnvelopeFlags.Expired);
        var remaining = isFresh ? fresh : envelope.Times.KeptFrom(now);
        if (remaining <= TimeSpan.Zero)
            return missing;
        if (envelope.Schema != serializer.Schema)
        {
            CacheLog.OtherType(_logger, _name, key);
            return missing;
        }

        try
        {
            var value = envelope.Flags.HasFlag(EnvelopeFlags.Null) ? default : Deserialize(envelope, serializer);
            var freshness = isFresh ? SecondLevelFreshness.Fresh : SecondLevelFreshness.Stale;
            return new SecondLevelRead<T>(freshness, value, remaining, stamp, TagTexts.Read(envelope.Tags));
        }
        catch (Exception exception)
        {
            CacheLog.Discarded(_logger, _name, key, "its value cannot be deserialized", exception);
            return missing;
        }
    }

    private static T Deserialize<T>(Envelope envelope, CacheSerializer<T> serializer)
    {
        if (!envelope.Flags.HasFlag(EnvelopeFlags.Compressed))
            return serializer.Serializer.Deserialize(new ReadOnlySequence<byte>(envelope.Value));

        // The length was checked against the limit, and the decoder does not write beyond its target.
        using var buffer = new PooledBuffer(envelope.ValueLength);
        var target = buffer.GetMemory(envelope.ValueLength)[..envelope.ValueLength];
        if (!BrotliDecoder.TryDecompress(envelope.Value.Span, target.Span, out var written) || written != envelope.ValueLength)
            throw new InvalidDataException("The compressed value is not as long as it says.");
        return serializer.Serializer.Deserialize(new ReadOnlySequence<byte>(target));
    }
}
