using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Threading.Channels;

namespace ProDev.Jobs.Benchmarks;

/// <summary>A worker in another process, seen from the suite.</summary>
internal sealed class Child : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly System.Diagnostics.Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    private Child(System.Diagnostics.Process process) => _process = process;

    public static async Task<Child> StartAsync(string provider, string place, TimeSpan lease)
    {
        // By its own host, or by that of the tool: 'dotnet file.dll'.
        var program = Environment.ProcessPath!;
        var start = new ProcessStartInfo(program) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
            start.ArgumentList.Add(Assembly.GetExecutingAssembly().Location);
        foreach (var argument in (string[])[ChildProcess.Verb, provider, place, lease.TotalMilliseconds.ToString(CultureInfo.InvariantCulture)])
            start.ArgumentList.Add(argument);
        var child = new Child(System.Diagnostics.Process.Start(start)!);
        _ = Task.Run(child.ListenAsync);
        var first = await child.ReadAsync();
        return first == ChildProcess.Ready ? child : throw new InvalidOperationException($"The worker said '{first}' before it was ready.");
    }

    /// <summary>Its next line.</summary>
    public async Task<string> ReadAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            return await _lines.Reader.ReadAsync(limit.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or ChannelClosedException)
        {
            throw new InvalidOperationException($"The worker in process {_process.Id} has nothing to say.", e);
        }
    }

    /// <summary>The number and the moment of its next job.</summary>
    public async Task<(int Number, long Started)> ReadStampAsync()
    {
        var parts = (await ReadAsync()).Split(' ');
        return (int.Parse(parts[0], CultureInfo.InvariantCulture), long.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    public void Kill() => _process.Kill();

    /// <summary>Lets it end in order; returns how many jobs it has counted.</summary>
    public async Task<int> StopAsync()
    {
        _process.StandardInput.Close();
        while (true)
        {
            if (await ReadAsync() is var line && line.StartsWith("total ", StringComparison.Ordinal))
                return int.Parse(line.AsSpan("total ".Length), CultureInfo.InvariantCulture);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task ListenAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
            _lines.Writer.TryWrite(line);
        _lines.Writer.TryComplete();
    }
}
