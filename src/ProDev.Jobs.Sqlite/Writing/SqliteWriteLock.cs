using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ProDev.Jobs.Sqlite;

/// <summary>Waits for the write lock of the database, in turn with other processes and without blocking the caller's thread.</summary>
internal sealed class SqliteWriteLock(Turnstile turnstile, TimeSpan timeout) : IDisposable
{
    /// <summary>The holder of the lock is usually done within a fraction of a millisecond, which no timer can wait for.</summary>
    private const int Spins = 300;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    /// <summary>Begins a write transaction. When it returns, nobody else writes. One caller at a time.</summary>
    public async ValueTask BeginAsync(SqliteConnection connection, CancellationToken cancellationToken)
    {
        bool turn = await turnstile.EnterAsync(timeout).ConfigureAwait(false);
        try
        {
            if (!SqliteNative.TryExecute(connection, "BEGIN IMMEDIATE"))
                await RetryAsync(() => SqliteNative.TryExecute(connection, "BEGIN IMMEDIATE"), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (turn)
                turnstile.Leave();
        }
    }

    /// <summary>Repeats until the action says that the database was not locked.</summary>
    public async Task RetryAsync(Func<bool> action, CancellationToken cancellationToken)
    {
        for (int spin = 0; spin < Spins; spin++)
        {
            if (action())
                return;
            Thread.Yield();
        }

        // Other processes move in real time, whatever clock the application uses for its jobs.
        long started = TimeProvider.System.GetTimestamp();
        while (!action())
        {
            if (TimeProvider.System.GetElapsedTime(started) > timeout)
                throw new SqliteException($"database is locked since {timeout}", raw.SQLITE_BUSY, raw.SQLITE_BUSY);
            await Task.Delay(Pause, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose() => turnstile.Dispose();
}
