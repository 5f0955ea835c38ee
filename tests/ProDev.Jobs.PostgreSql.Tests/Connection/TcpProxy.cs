using System.Net;
using System.Net.Sockets;

namespace ProDev.Jobs.PostgreSql.Tests;

/// <summary>Stands between a store and the server, and refuses connections as a server does that is down, until <see cref="Mend"/>.</summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly string _host;
    private readonly int _port;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly List<TcpClient> _open = [];
    private readonly Task _accepting;
    private readonly TaskCompletionSource _never = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isFrozen;
    private bool _isCut;

    public TcpProxy(string host, int port)
    {
        (_host, _port) = (host, port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Closes what is open and what comes.</summary>
    public void Cut()
    {
        lock (_lock)
        {
            _isCut = true;
            CloseAll();
        }
    }

    /// <summary>Lets nothing through any more and closes nothing, as a network does that is parted.</summary>
    public void Freeze() => _isFrozen = true;

    public void Mend()
    {
        lock (_lock)
            _isCut = false;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        Cut();
        _never.TrySetResult();
        await _accepting;
        _stop.Dispose();
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
        using var server = new TcpClient();
        using (client)
        {
            lock (_lock)
            {
                _open.AddRange([client, server]);
                if (_isCut)
                {
                    CloseAll();
                    return;
                }
            }

            try
            {
                await server.ConnectAsync(_host, _port);
                Task up = CopyAsync(client.GetStream(), server.GetStream());
                Task down = CopyAsync(server.GetStream(), client.GetStream());
                await Task.WhenAny(up, down);
            }
            catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
            {
                // Cut.
            }
        }
    }

    private async Task CopyAsync(NetworkStream from, NetworkStream to)
    {
        byte[] buffer = new byte[64 * 1024];
        while (await from.ReadAsync(buffer) is > 0 and int read)
        {
            if (_isFrozen)
                await _never.Task;
            await to.WriteAsync(buffer.AsMemory(0, read));
        }
    }

    private void CloseAll()
    {
        _open.ForEach(c => c.Dispose());
        _open.Clear();
    }
}
