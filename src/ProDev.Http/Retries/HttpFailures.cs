using System.Collections.Frozen;
using System.Net;
using System.Security.Authentication;
using ProDev.Retry;

namespace ProDev.Http;

/// <summary>Which responses and exceptions are worth another attempt, and when.</summary>
internal sealed class HttpFailures(HttpRetryOptions options, TimeProvider time)
{
    private readonly FrozenSet<HttpStatusCode> _statusCodes = options.StatusCodes.ToFrozenSet();
    private readonly Func<HttpResponseMessage, RetryDecision>? _judgeResponse = options.JudgeResponse;
    private readonly Func<ShouldRetryArguments, RetryDecision>? _judgeException = options.JudgeException;

    public RetryDecision Judge(HttpResponseMessage response) => JudgedAhead.Take(response) ?? JudgeNow(response);

    public RetryDecision Judge(ShouldRetryArguments failed) => _judgeException?.Invoke(failed) ?? JudgeFailure(failed.Exception);

    /// <summary>Judges a response before the policy asks, and keeps the answer for it. Whether it is worth a retry.</summary>
    public bool JudgesAhead(HttpResponseMessage response)
    {
        try
        {
            var decision = JudgeNow(response);
            JudgedAhead.Keep(response, decision);
            return decision.IsRetry;
        }
        catch (Exception failure)
        {
            // The policy tells what the judge threw, and disposes the response.
            JudgedAhead.Keep(response, RetryDecision.Stop, failure);
            return false;
        }
    }

    private RetryDecision JudgeNow(HttpResponseMessage response) => _judgeResponse?.Invoke(response) ?? JudgeStatus(response);

    private RetryDecision JudgeStatus(HttpResponseMessage response)
    {
        if (!_statusCodes.Contains(response.StatusCode))
            return RetryDecision.Stop;

        var isThrottled = response.StatusCode == HttpStatusCode.TooManyRequests;
        return RetryAfterHeader.Read(response, time) is { } delay
            ? isThrottled ? RetryDecision.ThrottledFor(delay) : RetryDecision.RetryAfter(delay)
            : isThrottled ? RetryDecision.Throttled : RetryDecision.Retry;
    }

    private RetryDecision JudgeFailure(Exception exception) => exception switch
    {
        HttpRequestException { StatusCode: { } status } => _statusCodes.Contains(status),
        HttpRequestException failure => IsTransient(failure),
        IOException or TimeoutException => true,

        // How a handler tells that a connection was not there in time.
        OperationCanceledException { InnerException: TimeoutException } => true,
        _ => false,
    };

    private static bool IsTransient(HttpRequestException failure) => failure.HttpRequestError switch
    {
        HttpRequestError.UserAuthenticationError or HttpRequestError.VersionNegotiationError or HttpRequestError.ExtendedConnectNotSupported
            or HttpRequestError.ConfigurationLimitExceeded => false,

        // A handshake can break off like any exchange, but a certificate that is not trusted stays so.
        HttpRequestError.SecureConnectionError => failure.InnerException is not AuthenticationException,
        _ => true,
    };
}
