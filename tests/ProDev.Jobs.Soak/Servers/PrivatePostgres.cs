using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace ProDev.Jobs.Soak;

/// <summary>
/// A PostgreSQL server of our own, in a folder and on a port of its own, which may be killed. It is durable as servers are by default: what is confirmed
/// survives.
/// </summary>
public sealed class PrivatePostgres : IAsyncDisposable
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);

    private readonly PostgresPrograms _programs;
    private readonly string _folder;
    private readonly string _data;

    private PrivatePostgres(PostgresPrograms programs, string folder, string connectionString)
        => (_programs, _folder, _data, ConnectionString) = (programs, folder, Path.Combine(folder, "data"), connectionString);

    public string ConnectionString { get; }

    /// <summary>Makes a server and starts it.</summary>
    /// <exception cref="InvalidOperationException">The programs of PostgreSQL are not there, or the server does not start.</exception>
    public static async Task<PrivatePostgres> StartAsync()
    {
        var programs = PostgresPrograms.Find();
        string folder = Directory.CreateTempSubdirectory("prodev-soak-pg-").FullName;
        string password = Guid.NewGuid().ToString("n");
        string passwordFile = Path.Combine(folder, "password");
        await File.WriteAllTextAsync(passwordFile, password);
        await programs.OwnAsync(folder);
        int port = FreePort();
        var server = new PrivatePostgres(
            programs, folder, $"Host=127.0.0.1;Port={port};Username=postgres;Password={password};Database=postgres");
        await programs.RunAsync(
            folder, "initdb", "-D", server._data, "-U", "postgres", "--pwfile", passwordFile, "-A", "scram-sha-256", "--no-sync", "-E", "UTF8", "--locale=C");
        await File.AppendAllTextAsync(
            Path.Combine(server._data, "postgresql.conf"),
            string.Create(CultureInfo.InvariantCulture, $"listen_addresses = '127.0.0.1'\nport = {port}\nunix_socket_directories = ''\nmax_connections = 100\n"));
        await server.BootAsync();
        return server;
    }

    /// <summary><c>pg_ctl restart -m immediate</c>: no connection is told, nothing is written down, and the server recovers from its log.</summary>
    public Task RestartImmediatelyAsync() => ControlAsync("restart", "-m", "immediate");

    /// <summary>Kills the postmaster (SIGKILL) and starts the server again once its children have noticed.</summary>
    public async Task KillAsync()
    {
        string first = (await File.ReadAllLinesAsync(Path.Combine(_data, "postmaster.pid")))[0];
        using (var postmaster = Process.GetProcessById(int.Parse(first, CultureInfo.InvariantCulture)))
        {
            postmaster.Kill();
            await postmaster.WaitForExitAsync();
        }

        await BootAsync();
    }

    /// <summary>Waits until the server answers.</summary>
    public async Task AnswersAsync()
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
                await connection.OpenAsync();
                return;
            }
            catch (Exception e) when (e is NpgsqlException && clock.Elapsed < Hang)
            {
                await Task.Delay(20);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ControlAsync("stop", "-m", "immediate");
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>After a kill the children of the old postmaster may still be there for a moment, and the new one refuses to start beside them.</summary>
    private async Task BootAsync()
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await ControlAsync("start");
                await AnswersAsync();
                return;
            }
            catch (InvalidOperationException) when (clock.Elapsed < Hang)
            {
                await Task.Delay(50);
            }
        }
    }

    private Task ControlAsync(params string[] words)
        => _programs.RunAsync(_folder, "pg_ctl", [.. words, "-w", "-D", _data, "-l", Path.Combine(_folder, "server.log")]);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
