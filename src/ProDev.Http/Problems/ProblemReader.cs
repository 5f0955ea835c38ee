using System.Text.Json;

namespace ProDev.Http;

/// <summary>Reads problem details from a body that nobody vouches for.</summary>
internal static class ProblemReader
{
    private const int LongestBody = 64 * 1024;

    private static ReadOnlySpan<byte> ByteOrderMark => "\uFEFF"u8;

    /// <exception cref="JsonException">The body is too long, or is not a JSON object.</exception>
    public static async Task<HttpProblem> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var (body, isComplete) = await BoundedRead.FromAsync(stream, LongestBody, cancellationToken).ConfigureAwait(false);
        if (!isComplete)
            throw new JsonException($"The problem details are longer than {LongestBody} bytes.");
        using var document = JsonDocument.Parse(body.Span.StartsWith(ByteOrderMark) ? body[ByteOrderMark.Length..] : body);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            throw new JsonException("The problem details are not a JSON object.");
        try
        {
            return Read(document.RootElement);
        }
        catch (InvalidOperationException exception)
        {
            // Texts are checked when they are read: half a surrogate pair, or bytes that are not UTF-8.
            throw new JsonException("The problem details have a text that is not Unicode.", exception);
        }
    }

    private static HttpProblem Read(JsonElement members)
    {
        var extensions = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        var problem = new HttpProblem(extensions);
        foreach (var member in members.EnumerateObject())
        {
            var text = member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString() : null;
            switch (member.Name)
            {
                case "type":
                    problem.Type = text ?? problem.Type;
                    break;
                case "title":
                    problem.Title = text;
                    break;
                case "status":
                    problem.Status = member.Value.ValueKind == JsonValueKind.Number && member.Value.TryGetInt32(out var status) ? status : null;
                    break;
                case "detail":
                    problem.Detail = text;
                    break;
                case "instance":
                    problem.Instance = text;
                    break;
                default:
                    extensions[member.Name] = member.Value.Clone();
                    break;
            }
        }

        return problem;
    }
}
