using Npgsql;

namespace ProDev.Jobs.PostgreSql;

/// <summary>
/// Tells the workers of other processes, after the commit, that there is work: at once if it has not just done so, else at the end of the
/// pause, so that the last call always counts. A notification in every transaction would let them queue up at commit.
/// </summary>
internal sealed class WakeNotifier(PostgreSqlDatabase database, WakeChannel channel)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly Lock _lock = new();
    private Task _sending = Task.CompletedTask;
    private bool _isSending;
    private bool _again;

    public void Touch()
    {
        lock (_lock)
        {
            _again = true;
            if (_isSending)
                return;
            _isSending = true;
            _sending = Task.Run(SendAsync);
        }
    }

    /// <summary>Ends when everything that was to be told has been told, or could not be.</summary>
    public Task DrainAsync()
    {
        lock (_lock)
            return _sending;
    }

    private async Task SendAsync()
    {
        while (IsWanted())
        {
            try
            {
                await database.RunAsync(SendAsync, CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception e) when (e is JobStoreException or ObjectDisposedException)
            {
                // The jobs are committed, and that is what was promised; the others find them when they look.
            }

            await Task.Delay(Pause, TimeProvider.System).ConfigureAwait(false);
        }
    }

    /// <summary>Nothing is written that a crash of the server could lose, so the commit need not wait for the disk.</summary>
    private Task<List<bool>> SendAsync(NpgsqlConnection connection)
        => connection.ReadAsync("SELECT set_config('synchronous_commit', 'off', true), pg_notify($1, $2)", [Parameter.Of(channel.Name), Parameter.Of(channel.Sender)], static _ => true);

    private bool IsWanted()
    {
        lock (_lock)
        {
            _isSending = _again;
            _again = false;
            return _isSending;
        }
    }
}
