namespace ProDev.Jobs.PostgreSql;

/// <summary>
/// Does something after each <see cref="Touch"/>: at once if it has not just been done, else at the end of the pause, so that the last call always counts. Safe for
/// concurrent use.
/// </summary>
internal sealed class TrailingEdge(Func<Task> act, TimeSpan pause)
{
    private readonly Lock _lock = new();
    private Task _acting = Task.CompletedTask;
    private bool _isActing;
    private bool _again;

    public void Touch()
    {
        lock (_lock)
        {
            _again = true;
            if (_isActing)
                return;
            _isActing = true;
            _acting = Detached.Run(ActAsync);
        }
    }

    /// <summary>Ends when everything that was to be done has been done, or could not be.</summary>
    public Task DrainAsync()
    {
        lock (_lock)
            return _acting;
    }

    private async Task ActAsync()
    {
        while (IsWanted())
        {
            try
            {
                await act().ConfigureAwait(false);
            }
            catch (Exception)
            {
                // Only words to others are sent so, whatever went wrong. What they are about is committed, and the others find it when they look.
            }

            await Task.Delay(pause, TimeProvider.System).ConfigureAwait(false);
        }
    }

    private bool IsWanted()
    {
        lock (_lock)
        {
            _isActing = _again;
            _again = false;
            return _isActing;
        }
    }
}
