namespace ProDev.Caching.Internal;

// Changes that the other processes hear of: first the store, then the notice. What fails is pending from the moment the call returns. So is what a
// caller does not wait for, be it that he has left before the call: memory has the change already.
internal sealed partial class SecondLevel
{
    private const int ExpiryAttempts = 3;

    /// <summary>Removes a value, so that no load that has begun before can write it again, and tells the other processes.</summary>
    /// <param name="key">The text of the key, region included.</param>
    /// <param name="cancellationToken">Ends the wait; the key is removed all the same.</param>
    public async ValueTask RemoveAsync(string key, CancellationToken cancellationToken)
    {
        var change = new PendingChange(CacheNoticeKind.KeyRemoved, key, isConfirmed: false);
        await ChangeAsync(change, (this, key), BuryAsync, _timeout, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Makes a value stale, as loads do that began before, and tells the other processes. If others keep writing at the same moment, the value
    /// is removed, which is more. A value without fail-safe is removed, too: stale, it could not be served.
    /// </summary>
    /// <param name="key">The text of the key, region included.</param>
    /// <param name="cancellationToken">Ends the wait; the value is made stale all the same.</param>
    public async ValueTask ExpireAsync(string key, CancellationToken cancellationToken)
    {
        if (_recovery.Pending.Find(new PendingSubject(IsTag: false, key)) is { Kind: CacheNoticeKind.KeyRemoved, IsConfirmed: false })
        {
            await RemoveAsync(key, cancellationToken).ConfigureAwait(false);
            return;
        }

        var change = new PendingChange(CacheNoticeKind.KeyExpired, key, isConfirmed: false);
        await ChangeAsync(change, (this, key), MakeStaleAsync, _timeout, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Invalidates a tag, <c>*</c> included, and tells the other processes.</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="cancellationToken">Ends the wait; the tag is invalidated all the same.</param>
    public async ValueTask InvalidateTagAsync(string tag, CancellationToken cancellationToken)
    {
        var text = KeyEscape.Write(tag);
        var change = new PendingChange(CacheNoticeKind.TagInvalidated, text, isConfirmed: false);
        await ChangeAsync(change, (this, text), InvalidateAsync, _timeout, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<bool> ChangeAsync<TState>(
        PendingChange change,
        TState state,
        Func<TState, CancellationToken, ValueTask<bool>> apply,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        // What is pending now is done with when this change is; what others add meanwhile is not. Nor is a removal by an expiry, which is less.
        var before = _recovery.Pending.Find(change.Subject);
        if (change.Kind == CacheNoticeKind.KeyExpired && before?.Kind == CacheNoticeKind.KeyRemoved)
            before = null;
        Answer<bool> answer;
        try
        {
            answer = await _gate.AskAsync(state, apply, timeout, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            _recovery.Settle(change.Subject, before: null, change);
            _recovery.Try();
            throw;
        }

        if (!answer.IsKnown)
        {
            _recovery.Settle(change.Subject, before: null, change);
            return false;
        }

        _recovery.Settle(change.Subject, before, rest: null);
        if (!await _notices.TellAsync(change.Notice).ConfigureAwait(false))
            _recovery.Settle(change.Subject, before: null, change.Confirmed());
        return true;
    }

    private async ValueTask<PendingChange?> DeliverAsync(PendingChange change)
    {
        var text = change.Subject.Text;
        if (!change.IsConfirmed)
        {
            Func<(SecondLevel, string), CancellationToken, ValueTask<bool>> apply = change.Kind switch
            {
                CacheNoticeKind.KeyRemoved => BuryAsync,
                CacheNoticeKind.KeyExpired => MakeStaleAsync,
                _ => InvalidateAsync,
            };
            var answer = await _gate.AskAsync((this, text), apply, _timeout, CancellationToken.None).ConfigureAwait(false);
            if (!answer.IsKnown)
                return change;
        }

        return await _notices.TellAsync(change.Notice).ConfigureAwait(false) ? null : change.Confirmed();
    }

    private static async ValueTask<bool> InvalidateAsync((SecondLevel Level, string Tag) call, CancellationToken cancellationToken)
    {
        await call.Level._store.InvalidateTagAsync(call.Tag, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private static ValueTask<bool> BuryAsync((SecondLevel Level, string Key) call, CancellationToken cancellationToken) =>
        call.Level.BuryAsync(call.Key, expectedGeneration: null, cancellationToken);

    private static async ValueTask<bool> MakeStaleAsync((SecondLevel Level, string Key) call, CancellationToken cancellationToken)
    {
        var (level, key) = call;
        for (var attempt = 0; attempt < ExpiryAttempts; attempt++)
        {
            var read = await level._store.ReadAsync(StoreKeys.Of(key), [], cancellationToken).ConfigureAwait(false);
            if (await level.TryMakeStaleAsync(key, read, cancellationToken).ConfigureAwait(false))
                return true;
        }

        return await level.BuryAsync(key, expectedGeneration: null, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<bool> TryMakeStaleAsync(string key, DistributedCacheRead read, CancellationToken cancellationToken)
    {
        var found = FoundPayload.Of(read, key, _options.MaximumPayloadBytes);
        var now = Now;
        if (found.Envelope is not { IsTombstone: false } envelope || envelope.Times.ExpiredAt(now).KeptFrom(now) is not { Ticks: > 0 } kept)
            return found.CanBeReplaced && await BuryAsync(key, found.Generation, cancellationToken).ConfigureAwait(false);
        var payload = EnvelopeStamping.Expired(read.Payload.Span, envelope.Flags, envelope.Times.ExpiredAt(now));
        return await _store.WriteAsync(StoreKeys.Of(key), payload, kept, found.Generation, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<bool> BuryAsync(string key, long? expectedGeneration, CancellationToken cancellationToken)
    {
        var payload = Tombstone(key);
        var write = new PayloadWrite(_store, StoreKeys.Of(key), payload, payload.Times.KeptFrom(Now)) { ExpectedGeneration = expectedGeneration };
        var written = await PayloadWrite.RunAsync(write, cancellationToken).ConfigureAwait(false);
        payload.Dispose();
        return written;
    }

    // Kept twice as long as a load may take: a write that was sent in time may arrive late.
    private EnvelopeWriter Tombstone(string key)
    {
        var lifetime = _options.TombstoneLifetime;
        var times = EnvelopeTimes.Of(Now, lifetime, lifetime);
        var writer = new EnvelopeWriter(key, [], times, schema: default, maximumBytes: 0) { Flags = EnvelopeFlags.Tombstone };
        writer.EndValue(threshold: null);
        return writer;
    }
}
