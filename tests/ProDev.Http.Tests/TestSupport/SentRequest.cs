namespace ProDev.Http.Tests;

/// <summary>What a handler was asked to send, noted at that moment.</summary>
internal sealed record SentRequest(HttpRequestMessage Message, HttpMethod Method, Uri? Uri, string? Body, IReadOnlyDictionary<string, string> Headers)
{
    public string? Header(string name) => Headers.GetValueOrDefault(name);

    public static async Task<SentRequest> NoteAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
        return Note(request, body);
    }

    public static SentRequest Note(HttpRequestMessage request, string? body)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in request.Headers.NonValidated)
            headers[name] = values.ToString();
        if (request.Content is not null)
        {
            foreach (var (name, values) in request.Content.Headers.NonValidated)
                headers[name] = values.ToString();
        }

        return new SentRequest(request, request.Method, request.RequestUri, body, headers);
    }
}
