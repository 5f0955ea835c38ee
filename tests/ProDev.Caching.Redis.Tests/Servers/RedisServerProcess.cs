using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace ProDev.Caching.Redis.Tests;

/// <summary>
/// A Redis of one's own, on loopback and a free port, without persistence: it can be killed, and started again on the same port. A test that
/// needs no fault uses <see cref="TestRedis"/>.
/// </summary>
internal sealed class RedisServerProcess : IAsyncDisposable
{
    private const int Attempts = 5;
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    private static readonly ConcurrentDictionary<RedisServerProcess, bool> Running = [];

    private readonly string[] _arguments;
    private readonly string _directory = Directory.CreateTempSubdirectory("prodev-redis-").FullName;
    private Process? _process;

    // A fixture whose initialization fails is never disposed, and its server must not outlive the tests.
    static RedisServerProcess() => AppDomain.CurrentDomain.ProcessExit += static (_, _) =>
    {
        foreach (var server in Running.Keys)
            server._process?.Kill();
    };

    private RedisServerProcess(int port, string[] arguments)
    {
        Port = port;
        _arguments = arguments;
    }

    public int Port { get; }

    public string Configuration => $"127.0.0.1:{Port}";

    /// <summary>A server that answers. Further arguments are those of redis-server.</summary>
    public static async Task<RedisServerProcess> StartNewAsync(params string[] arguments)
    {
        for (var attempt = 1; ; attempt++)
        {
            var server = Reserve(arguments);
            try
            {
                await server.StartAsync();
                return server;
            }
            catch (IOException) when (attempt < Attempts)
            {
                // Somebody took the port between the look and the start.
                await server.DisposeAsync();
            }
        }
    }

    /// <summary>A server that is yet to be started: until then nothing listens on its port.</summary>
    public static RedisServerProcess Reserve(params string[] arguments)
    {
        while (true)
        {
            // Below the ports that systems hand out: while the server is not running, nobody else is given its port.
            var port = RandomNumberGenerator.GetInt32(24_000, 32_000);
            using var probe = new TcpListener(IPAddress.Loopback, port);
            try
            {
                probe.Start();
                return new(port, arguments);
            }
            catch (SocketException)
            {
                // Taken; the next.
            }
        }
    }

    /// <summary>Starts it, for the first time or after a kill, and waits until it accepts connections.</summary>
    public async Task StartAsync()
    {
        string[] fixedArguments =
        [
            "--port", Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--daemonize", "no", "--dir", _directory,
        ];
        _process = Launch([.. fixedArguments, .. _arguments]);
        Running[this] = true;
        var log = new List<string>();
        using var timeout = new CancellationTokenSource(StartTimeout);
        while (await _process.StandardOutput.ReadLineAsync(timeout.Token) is { } line)
        {
            log.Add(line);
            if (!line.Contains("Ready to accept connections", StringComparison.Ordinal))
                continue;
            _ = _process.StandardOutput.ReadToEndAsync(CancellationToken.None); // So that it never blocks on a full pipe.
            return;
        }

        throw new IOException($"redis-server ended before it accepted connections on port {Port}:\n{string.Join('\n', log)}");
    }

    /// <summary>Ends it as kill -9 does. What it held is gone.</summary>
    public async Task KillAsync()
    {
        if (_process is null)
            return;
        Running.TryRemove(this, out _);
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private static Process Launch(string[] arguments)
    {
        foreach (var program in new[] { "redis-server", "valkey-server" })
        {
            try
            {
                return Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
            }
            catch (Win32Exception)
            {
                // Not on the path; the other may be.
            }
        }

        throw new InvalidOperationException(
            "Neither redis-server nor valkey-server is on the path. Debian and Ubuntu: apt-get install redis-server; macOS: brew install redis.");
    }
}
