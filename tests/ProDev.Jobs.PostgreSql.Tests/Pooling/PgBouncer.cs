using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace ProDev.Jobs.PostgreSql.Tests;

/// <summary>
/// PgBouncer in transaction mode before the shared server, a process of its own. Fewer sessions than clients, so that each transaction is likely to get another one.
/// </summary>
public sealed class PgBouncer : IAsyncLifetime
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(30);
    private static readonly string[] Folders = ["/usr/sbin", "/opt/homebrew/bin", "/usr/local/bin"];

    private readonly string _folder = Directory.CreateTempSubdirectory("prodev-pgbouncer-").FullName;
    private readonly int _port = FreePort();
    private Process? _process;

    /// <summary>For those who go through it.</summary>
    public string ConnectionString => $"Host=127.0.0.1;Port={_port};Username=app;Password=unused;Database=jobs";

    public async Task InitializeAsync()
    {
        string settings = Path.Combine(_folder, "pgbouncer.ini");
        await File.WriteAllTextAsync(settings, Settings());
        var start = new ProcessStartInfo(Find()) { UseShellExecute = false, RedirectStandardError = true };
        string[] account = Environment.UserName == "root" ? ["-u", "nobody"] : [];
        foreach (string word in account.Append(settings))
            start.ArgumentList.Add(word);
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginErrorReadLine();
        try
        {
            await AnswersAsync();
        }
        catch
        {
            // A fixture that could not be initialized is not disposed.
            await DisposeAsync();
            throw;
        }
    }

    public async Task DisposeAsync()
    {
        if (_process is { } process)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
            _process = null;
        }

        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    private string Settings()
    {
        var server = new NpgsqlConnectionStringBuilder(TestPostgres.ConnectionString);
        return string.Create(CultureInfo.InvariantCulture, $"""
            [databases]
            jobs = host={server.Host} port={server.Port} dbname={server.Database} user={server.Username} password={server.Password}
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {_port}
            unix_socket_dir =
            auth_type = any
            pool_mode = transaction
            default_pool_size = 6
            max_client_conn = 500
            """);
    }

    private async Task AnswersAsync()
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
            catch (NpgsqlException) when (clock.Elapsed < Hang && !_process!.HasExited)
            {
                await Task.Delay(20);
            }
        }
    }

    private static string Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Concat(Folders)
        .Select(static f => Path.Combine(f, "pgbouncer")).FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException(
            "PgBouncer is not installed here. Run build/services.sh up as root, which installs it; or Debian and Ubuntu: apt-get install pgbouncer; macOS: brew install pgbouncer.");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
