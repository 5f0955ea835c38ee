using System.Text.Json;

namespace ProDev.Http;

/// <summary>What a server tells about a failure: the problem details of RFC 9457. Instances are immutable and thread-safe.</summary>
/// <remarks>All of it comes from the server: do not show it to people who must not see it, and do not act on addresses in it.</remarks>
public sealed class HttpProblem
{
    internal HttpProblem(IReadOnlyDictionary<string, JsonElement> extensions) => Extensions = extensions;

    /// <summary>Gets what kind of problem it is: an address, made to be compared, not to be visited.</summary>
    /// <value><c>about:blank</c> if the server names none: then the status code says everything.</value>
    public string Type { get; internal set; } = "about:blank";

    /// <summary>Gets what the kind of problem is called, for people; null if the server does not tell.</summary>
    public string? Title { get; internal set; }

    /// <summary>Gets the status code by the words of the body; null if it names none. The response's own can be another one.</summary>
    public int? Status { get; internal set; }

    /// <summary>Gets what happened this time, for people; null if the server does not tell.</summary>
    public string? Detail { get; internal set; }

    /// <summary>Gets the address of this very occurrence; null if the server does not tell.</summary>
    public string? Instance { get; internal set; }

    /// <summary>Gets all other members, by their names, which are compared ordinally. Empty if there are none.</summary>
    public IReadOnlyDictionary<string, JsonElement> Extensions { get; }
}
