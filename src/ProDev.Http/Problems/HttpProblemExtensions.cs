using System.Globalization;
using System.Text.Json;

namespace ProDev.Http;

/// <summary>Turns responses that tell of a failure into exceptions that say what the server said.</summary>
public static class HttpProblemExtensions
{
    private const string MediaType = "application/problem+json";

    /// <summary>Throws if the response does not tell of success; the problem details (RFC 9457) of the response come along.</summary>
    /// <remarks>
    /// Only a body of the media type <c>application/problem+json</c> is read, and at most 64 KiB of it. A longer body, one that is not JSON, and one that
    /// breaks off make an exception without <see cref="HttpProblemException.Problem"/>, with the reason as inner exception. Members of a wrong type
    /// are ignored, as the RFC asks. The response is not disposed.
    /// </remarks>
    /// <param name="response">The response.</param>
    /// <param name="cancellationToken">Ends the reading of the body.</param>
    /// <returns>The same response, if its status is from 200 to 299.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="response"/> is null.</exception>
    /// <exception cref="HttpProblemException">The status is another one.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled while the body was read.</exception>
    public static Task<HttpResponseMessage> EnsureSuccessOrProblemAsync(
        this HttpResponseMessage response, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(response);
        return response.IsSuccessStatusCode ? Task.FromResult(response) : ThrowAsync(response, cancellationToken);
    }

    private static async Task<HttpResponseMessage> ThrowAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        HttpProblem? problem = null;
        Exception? obstacle = null;
        if (MediaType.Equals(response.Content.Headers.ContentType?.MediaType, StringComparison.OrdinalIgnoreCase))
        {
            try
            {
                problem = await ProblemReader.ReadAsync(response.Content, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is JsonException or IOException or HttpRequestException)
            {
                obstacle = exception;
            }
        }

        throw new HttpProblemException(Message(response, problem), response.StatusCode, problem, obstacle);
    }

    private static string Message(HttpResponseMessage response, HttpProblem? problem)
    {
        var status = string.Create(CultureInfo.InvariantCulture, $"The response has the status {(int)response.StatusCode} ({response.ReasonPhrase})");
        return problem?.Title is { Length: > 0 } title ? $"{status}: {title}" : status + ".";
    }
}
