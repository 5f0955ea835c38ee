using System.Data;
using Npgsql;

namespace ProDev.Jobs.PostgreSql;

/// <summary>
/// Listens on a connection of its own to what the stores of other processes say, and connects again when it is lost. Meanwhile, and where nobody may listen,
/// whoever waits looks from time to time.
/// </summary>
/// <param name="database">Where.</param>
/// <param name="channel">To what.</param>
/// <param name="begin">Called when it begins to listen: anything may have been said while nobody did.</param>
/// <param name="hear">Called with the name and the payload of each notification.</param>
internal sealed class WakeListener(PostgreSqlDatabase database, WakeChannel channel, Action begin, Action<string, string> hear) : IDisposable
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    /// <summary>How long a silent connection is trusted.</summary>
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromSeconds(30);

    /// <summary>How long a connection is given to show that it is there. In seconds.</summary>
    private const int ProbeTimeout = 2;

    /// <summary>A little longer. The driver asks a silent server to cancel, and waits for that, too.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2 * ProbeTimeout);

    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _lock = new();
    private Task? _listening;
    private volatile bool _isListening;

    /// <summary>Whether what is said now will be heard, as far as one can know.</summary>
    public bool IsListening => _isListening;

    /// <summary>Begins to listen. Repeating it is harmless.</summary>
    public void Start()
    {
        if (Volatile.Read(ref _listening) is not null)
            return;
        lock (_lock)
            _listening ??= _stopping.IsCancellationRequested ? Task.CompletedTask : Detached.Run(RunAsync);
    }

    /// <summary>Ends when it listens no more. Where the network is silent, the driver may still be giving up the connection.</summary>
    public async Task StopAsync()
    {
        Task? listening;
        lock (_lock)
        {
            _stopping.Cancel();
            listening = _listening;
        }

        if (listening is not null)
            await listening.WaitAsync(Patience, TimeProvider.System).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose()
    {
        lock (_lock)
            _stopping.Cancel();
    }

    private async Task RunAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(_stopping.Token).ConfigureAwait(false);
            }
            catch (Exception)
            {
                // Lost, refused or stopped: whatever it was, the next connection shows whether it has passed.
            }

            await Task.Delay(RetryDelay, TimeProvider.System, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ListenAsync(CancellationToken stopping)
    {
        NpgsqlConnection connection = await database.ConnectAsync(stopping).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            connection.Notification += (_, e) => hear(e.Channel, e.Payload);
            await ExecuteAsync(connection, $"LISTEN \"{channel.Ended}\"; LISTEN \"{channel.Name}\"", stopping).ConfigureAwait(false);
            _isListening = true;
            begin();
            try
            {
                while (true)
                {
                    if (!await connection.WaitAsync(ProbeInterval, stopping).ConfigureAwait(false))
                        await ExecuteAsync(connection, "SELECT 1", stopping, ProbeTimeout).ConfigureAwait(false);
                }
            }
            finally
            {
                _isListening = false;

                // The pool does not reset its sessions, unless it ends itself.
                bool isUsedAgain = !(database.OwnsSource && stopping.IsCancellationRequested);
                if (isUsedAgain && connection.State == ConnectionState.Open)
                    await ExecuteAsync(connection, "UNLISTEN *", CancellationToken.None, ProbeTimeout).ConfigureAwait(false);
            }
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken, int? timeout = null)
    {
        var command = new NpgsqlCommand(sql, connection);
        if (timeout is { } seconds)
            command.CommandTimeout = seconds;
        await using (command.ConfigureAwait(false))
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
