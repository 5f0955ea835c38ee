using System.Net;
using System.Net.Sockets;

namespace ProDev.Caching.Redis.Tests;

/// <summary>
/// Stands between a node and Redis: counts round trips, cuts the connection of this node alone, or lets nothing through. A round trip is counted
/// each time the node speaks after the server did; that is exact while a test does one thing at a time.
/// </summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _target;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly List<TcpClient> _open = [];
    private readonly Task _accepting;
    private TaskCompletionSource _passage = Open();
    private bool _isCut;
    private int _roundTrips;

    public TcpProxy(int target)
    {
        _target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Configuration => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public int RoundTrips => Volatile.Read(ref _roundTrips);

    /// <summary>Closes what is open and refuses what comes, until <see cref="Mend"/>.</summary>
    public void Cut()
    {
        lock (_gate)
        {
            _isCut = true;
            CloseAll();
        }
    }

    public void Mend()
    {
        lock (_gate)
            _isCut = false;
    }

    /// <summary>Keeps back what the node sends, as a server does that hangs, until <see cref="Release"/>.</summary>
    public void Hold()
    {
        lock (_gate)
            _passage = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public void Release()
    {
        lock (_gate)
            _passage.TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        Release();
        await _stop.CancelAsync();
        _listener.Stop();
        lock (_gate)
            CloseAll();
        await _accepting;
        _stop.Dispose();
    }

    private static TaskCompletionSource Open()
    {
        var open = new TaskCompletionSource();
        open.SetResult();
        return open;
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

    private async Task ServeAsync(TcpClient node)
    {
        var server = new TcpClient { NoDelay = true };
        node.NoDelay = true;
        try
        {
            lock (_gate)
            {
                _open.AddRange([node, server]);
                if (_isCut)
                {
                    CloseAll();
                    return;
                }
            }

            await server.ConnectAsync(IPAddress.Loopback, _target);
            var exchange = new Exchange();
            await Task.WhenAny(
                PumpAsync(node.GetStream(), server.GetStream(), () => OnRequest(exchange), isHeld: true),
                PumpAsync(server.GetStream(), node.GetStream(), exchange.Answer, isHeld: false));
        }
        catch (SocketException)
        {
            // The server is away; the node finds its connection closed.
        }
        finally
        {
            node.Dispose();
            server.Dispose();
        }
    }

    private void OnRequest(Exchange exchange)
    {
        if (exchange.Ask())
            Interlocked.Increment(ref _roundTrips);
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to, Action onData, bool isHeld)
    {
        var buffer = new byte[1 << 16];
        try
        {
            for (int read; (read = await from.ReadAsync(buffer)) > 0;)
            {
                if (isHeld)
                    await Passage();
                onData();
                await to.WriteAsync(buffer.AsMemory(0, read));
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // One side closed.
        }
    }

    private Task Passage()
    {
        lock (_gate)
            return _passage.Task;
    }

    private void CloseAll()
    {
        _open.ForEach(client => client.Dispose());
        _open.Clear();
    }

    /// <summary>Whose turn it was last, on one connection.</summary>
    private sealed class Exchange
    {
        private int _asked;

        public bool Ask() => Interlocked.Exchange(ref _asked, 1) == 0;

        public void Answer() => Volatile.Write(ref _asked, 0);
    }
}
