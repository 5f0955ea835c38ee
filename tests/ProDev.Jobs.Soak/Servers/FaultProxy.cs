using System.Net;
using System.Net.Sockets;

namespace ProDev.Jobs.Soak;

/// <summary>
/// Stands between a client and PostgreSQL, and does to their connections what networks do: cuts them, keeps everything back, or takes its time. It can also
/// wait for a certain message, and lose the answer to it or keep it back.
/// </summary>
public sealed class FaultProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly string _host;
    private readonly int _port;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly List<ProxiedConnection> _connections = [];
    private readonly Task _accepting;
    private volatile MessageTrap? _trap;
    private bool _isCut;

    public FaultProxy(string host, int port)
    {
        (_host, _port) = (host, port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    internal ProxyFlow Flow { get; } = new();

    internal MessageTrap? Trap => _trap;

    /// <summary>Closes what is open and what comes, as a server that is down.</summary>
    public void Cut()
    {
        lock (_lock)
            _isCut = true;
        CloseAll();
    }

    /// <summary>Keeps back what comes, in both directions, and lets it go on when mended: a network that is parted, where nobody is told.</summary>
    public void BlackHole() => Flow.Stop();

    /// <summary>Passes everything on, but later.</summary>
    public void Delay(TimeSpan time) => Flow.Delay = time;

    /// <summary>Ends every fault but traps.</summary>
    public void Mend()
    {
        lock (_lock)
            _isCut = false;
        Flow.Delay = TimeSpan.Zero;
        Flow.Go();
    }

    /// <summary>
    /// Waits for the next message to the server that has these bytes, passes it on, lets the server do it, throws the answer away and closes the connection:
    /// what was asked for has happened, and nobody is told.
    /// </summary>
    /// <returns>A task that ends when that has happened.</returns>
    public Task LoseAnswerTo(ReadOnlyMemory<byte> bytes) => Set(new MessageTrap(bytes, isHeld: false));

    /// <summary>Waits for the next message to the server that has these bytes, and keeps it back for ever.</summary>
    /// <returns>A task that ends when it is there.</returns>
    public Task HoldBack(ReadOnlyMemory<byte> bytes) => Set(new MessageTrap(bytes, isHeld: true));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        Mend();
        Cut();
        await _accepting;
        _stop.Dispose();
    }

    internal void Spring(MessageTrap trap) => Interlocked.CompareExchange(ref _trap, null, trap);

    private Task Set(MessageTrap trap)
    {
        _trap = trap;
        return trap.Sprung;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var connection = new ProxiedConnection(this, client);
        lock (_lock)
        {
            if (_isCut)
                return;
            _connections.Add(connection);
        }

        await connection.RunAsync(_host, _port);
        lock (_lock)
            _connections.Remove(connection);
    }

    private void CloseAll()
    {
        ProxiedConnection[] open;
        lock (_lock)
            open = [.. _connections];
        foreach (ProxiedConnection connection in open)
            connection.Dispose();
    }
}
