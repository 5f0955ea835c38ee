using System.Net.Sockets;

namespace ProDev.Jobs.Soak;

/// <summary>One connection through a <see cref="FaultProxy"/>.</summary>
internal sealed class ProxiedConnection(FaultProxy proxy, TcpClient client) : IDisposable
{
    private const int BufferSize = 64 * 1024;
    private readonly TcpClient _server = new();
    private volatile MessageTrap? _losing;

    public async Task RunAsync(string host, int port)
    {
        try
        {
            await _server.ConnectAsync(host, port);
            await Task.WhenAny(PumpUpAsync(), PumpDownAsync());
        }
        catch (Exception e) when (IsEnd(e))
        {
            // One of them has gone.
        }
    }

    public void Dispose()
    {
        client.Dispose();
        _server.Dispose();
    }

    private async Task PumpUpAsync()
    {
        byte[] buffer = new byte[BufferSize];
        try
        {
            int count;
            while ((count = await client.GetStream().ReadAsync(buffer)) > 0)
            {
                if (proxy.Trap is { } trap && trap.IsIn(buffer.AsSpan(0, count)))
                {
                    proxy.Spring(trap);
                    if (trap.IsHeld)
                    {
                        trap.Spring();
                        await Task.Delay(Timeout.Infinite);
                    }

                    _losing = trap;
                }

                await proxy.Flow.PassAsync();
                await _server.GetStream().WriteAsync(buffer.AsMemory(0, count));
            }
        }
        catch (Exception e) when (IsEnd(e))
        {
            // One of them has gone.
        }
    }

    private async Task PumpDownAsync()
    {
        byte[] buffer = new byte[BufferSize];
        try
        {
            int count;
            while ((count = await _server.GetStream().ReadAsync(buffer)) > 0)
            {
                if (_losing is { } trap)
                {
                    if (!IsReadyForQuery(buffer.AsSpan(0, count)))
                        continue;
                    trap.Spring();
                    return;
                }

                await proxy.Flow.PassAsync();
                await client.GetStream().WriteAsync(buffer.AsMemory(0, count));
            }
        }
        catch (Exception e) when (IsEnd(e))
        {
            // One of them has gone.
        }
    }

    /// <summary>Whether the server has done what it was asked for: 'Z', the length 5, and a state.</summary>
    private static bool IsReadyForQuery(ReadOnlySpan<byte> answer) => answer.Length >= 6 && answer[^6] == 'Z' && answer[^2] == 5;

    private static bool IsEnd(Exception error) => error is IOException or SocketException or ObjectDisposedException or InvalidOperationException;
}
