using Microsoft.Extensions.Logging;

namespace ProDev.Caching.Internal;

/// <summary>Talks with the other processes over the backplane.</summary>
internal sealed class Notices(ICacheBackplane? backplane, StoreGate gate, TimeSpan timeout, string cache, ILogger logger) : IAsyncDisposable
{
    private IAsyncDisposable? _listening;

    /// <summary>How it stands with the others; null: there is nobody to tell.</summary>
    public PartState? State => backplane is null ? null : new PartState(gate.Breaker.State, backplane.IsConnected);

    /// <summary>Tells the others.</summary>
    /// <returns>Whether the notice was handed over, or there is nobody to tell.</returns>
    public async ValueTask<bool> TellAsync(CacheNotice notice)
    {
        if (backplane is null)
            return true;
        var answer = await gate.AskAsync((backplane, notice), PublishAsync, timeout, CancellationToken.None).ConfigureAwait(false);
        return answer.IsKnown;
    }

    /// <summary>Begins to listen. Called once.</summary>
    public void Listen(ISecondLevelListener listener)
    {
        try
        {
            _listening = backplane?.Listen(notice => Follow(() => Hear(listener, notice)), () => Follow(listener.Missed));
        }
        catch (Exception exception)
        {
            CacheLog.Failed(logger, "backplane", cache, exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_listening is not null)
            await _listening.DisposeAsync().ConfigureAwait(false);
    }

    private static async ValueTask<bool> PublishAsync((ICacheBackplane Backplane, CacheNotice Notice) call, CancellationToken cancellationToken)
    {
        await call.Backplane.PublishAsync(call.Notice, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private static void Hear(ISecondLevelListener listener, CacheNotice notice)
    {
        switch (notice.Kind)
        {
            case CacheNoticeKind.KeyRemoved:
                listener.KeyRemoved(notice.Subject);
                break;
            case CacheNoticeKind.KeyExpired:
                listener.KeyExpired(notice.Subject);
                break;
            case CacheNoticeKind.TagInvalidated when KeyEscape.Read(notice.Subject) is { } tag:
                listener.TagInvalidated(tag);
                break;
            default:
                // A notice of a newer build: it says that something has changed, and nothing of what it says is understood.
                listener.Missed();
                break;
        }
    }

    private void Follow(Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception)
        {
            CacheLog.NoticeFailed(logger, cache, exception);
        }
    }
}
