namespace ProDev.Jobs.Broker.Tests;

/// <summary>
/// Kills a process at one place in its life: its connection to the broker is lost, and from then on nothing that it does reaches anybody. Places are
/// named by operation, "before publish" or "after CompleteAsync", or counted.
/// </summary>
internal sealed class Fuse
{
    private readonly Lock _lock = new();
    private BrokerConnection? _connection;
    private string? _place;
    private int _left = int.MaxValue;

    public Fuse() => Tap = new BrokerTap
    {
        Before = (connection, operation) => Burn(connection, $"before {operation}"),
        After = (connection, operation) => Burn(connection, $"after {operation}"),
    };

    public BrokerTap Tap { get; }

    public bool IsBlown { get; private set; }

    /// <summary>Kills it at the next place of this name.</summary>
    public void ArmAt(string place)
    {
        lock (_lock)
            _place = place;
    }

    /// <summary>Kills it at the place with this number, from 1.</summary>
    public void ArmAt(int place)
    {
        lock (_lock)
            _left = place;
    }

    /// <summary>Cuts the connection; the process lives and may connect again.</summary>
    public void Cut()
    {
        BrokerConnection? connection;
        lock (_lock)
            connection = _connection;
        connection?.Close();
    }

    /// <summary>What stands between the process and its store.</summary>
    public void BurnBefore(string operation) => Burn(connection: null, $"before {operation}");

    public void BurnAfter(string operation) => Burn(connection: null, $"after {operation}");

    private void Burn(BrokerConnection? connection, string place)
    {
        BrokerConnection? lost;
        lock (_lock)
        {
            _connection = connection ?? _connection;
            if (!IsBlown && (place == _place || --_left == 0))
                IsBlown = true;
            if (!IsBlown)
                return;
            lost = _connection;
        }

        lost?.Close();
        throw connection is null ? new JobStoreException("The process is dead.") : new BrokerException("The process is dead.");
    }
}
