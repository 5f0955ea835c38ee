using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ProDev.Build.Tests;

/// <summary>
/// A NuGet v3 feed on loopback that takes packages and symbol packages and, where the test says so, answers with an error or not at
/// all. It speaks HTTP itself, one request a connection, because a listener of the runtime answers even when it is aborted.
/// </summary>
internal sealed class FeedServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, port: 0);
    private readonly ConcurrentQueue<FeedPush> _pushes = new();
    private readonly Task _loop;

    public FeedServer()
    {
        _listener.Start();
        _loop = ServeAsync();
    }

    /// <summary>The code of the answer to a push; null cuts the connection.</summary>
    public Func<FeedPush, HttpStatusCode?> Answer { get; set; } = static _ => HttpStatusCode.Created;

    public bool TakesSymbols { get; init; } = true;

    public string Index => Root + "v3/index.json";

    /// <summary>All pushes in the order in which they came, refused ones too.</summary>
    public IReadOnlyList<FeedPush> Pushes => [.. _pushes];

    private string Root => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/";

    public void Dispose()
    {
        _listener.Dispose();
        _loop.GetAwaiter().GetResult();
    }

    private async Task ServeAsync()
    {
        await Task.Yield();
        try
        {
            while (true)
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync();
                await using var stream = new BufferedStream(client.GetStream());
                await ServeAsync(stream);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(Stream stream)
    {
        (string method, FeedPush push) = await FeedPush.ReadAsync(stream);
        if (method == "GET")
        {
            await AnswerAsync(stream, HttpStatusCode.OK, ServiceIndex());
            return;
        }

        _pushes.Enqueue(push);
        if (Answer(push) is { } code)
        {
            await AnswerAsync(stream, code, string.Empty);
        }
    }

    private static async Task AnswerAsync(Stream stream, HttpStatusCode code, string body) =>
        await stream.WriteAsync(Encoding.UTF8.GetBytes(
            $"HTTP/1.1 {(int)code} {code}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}"));

    private string ServiceIndex()
    {
        string symbols = TakesSymbols ? $$""", { "@id": "{{Root}}symbols", "@type": "SymbolPackagePublish/4.9.0" }""" : string.Empty;
        return $$"""{ "version": "3.0.0", "resources": [{ "@id": "{{Root}}packages", "@type": "PackagePublish/2.0.0" }{{symbols}}] }""";
    }
}
