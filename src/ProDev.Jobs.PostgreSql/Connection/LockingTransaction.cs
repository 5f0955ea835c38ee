using Npgsql;

namespace ProDev.Jobs.PostgreSql;

/// <summary>
/// Begins a transaction that holds locks over several trips to the server. Whoever waits for these locks must not wait for a process that has been stopped or parted
/// from the server, of which the server learns after hours or never: it ends the transaction itself when the next statement does not come.
/// </summary>
internal static class LockingTransaction
{
    /// <summary>How long the server waits for the next statement: about as long as others wait for a lease, and longer than a busy process pauses.</summary>
    private const string LimitIdleTime = "SET LOCAL idle_in_transaction_session_timeout = '10s'";

    public static async Task<NpgsqlTransaction> BeginAsync(NpgsqlConnection connection)
    {
        NpgsqlTransaction transaction = await connection.BeginTransactionAsync().ConfigureAwait(false);
        try
        {
            await connection.ExecuteAsync(LimitIdleTime, []).ConfigureAwait(false);
            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
