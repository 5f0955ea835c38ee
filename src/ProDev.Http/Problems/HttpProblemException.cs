using System.Net;

namespace ProDev.Http;

/// <summary>A response that tells of a failure, with its problem details if it has them.</summary>
/// <remarks><see cref="HttpRequestException.StatusCode"/> is the response's. Code that catches <see cref="HttpRequestException"/> catches this, too.</remarks>
public sealed class HttpProblemException : HttpRequestException
{
    /// <summary>Creates an exception.</summary>
    /// <param name="message">What the exception says; null for a general text.</param>
    /// <param name="statusCode">The status of the response.</param>
    /// <param name="problem">The problem details; null if the response has none.</param>
    /// <param name="innerException">Why the problem details could not be read; null if that is not the reason.</param>
    public HttpProblemException(string? message, HttpStatusCode statusCode, HttpProblem? problem = null, Exception? innerException = null)
        : base(message, innerException, statusCode) => Problem = problem;

    /// <summary>
    /// Gets the problem details; null if the response has none of the media type <c>application/problem+json</c>, or none that could be read.
    /// </summary>
    public HttpProblem? Problem { get; }
}
