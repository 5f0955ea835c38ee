using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ProDev.Jobs.Sqlite;

/// <summary>Waits for the write lock of the database without blocking a thread.</summary>
internal sealed class SqliteWriteLock(TimeSpan timeout)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    /// <summary>Begins a write transaction. When it returns, nobody else writes.</summary>
    public async ValueTask BeginAsync(SqliteConnection connection, CancellationToken cancellationToken)
    {
        if (SqliteNative.TryExecute(connection, "BEGIN IMMEDIATE"))
            return;
        await RetryAsync(() => SqliteNative.TryExecute(connection, "BEGIN IMMEDIATE"), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Repeats until the action says that the database was not locked.</summary>
    public async Task RetryAsync(Func<bool> action, CancellationToken cancellationToken)
    {
        // Other processes move in real time, whatever clock the application uses for its jobs.
        long started = TimeProvider.System.GetTimestamp();
        while (!action())
        {
            if (TimeProvider.System.GetElapsedTime(started) > timeout)
                throw new SqliteException($"database is locked since {timeout}", raw.SQLITE_BUSY, raw.SQLITE_BUSY);
            await Task.Delay(Pause, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
    }
}
