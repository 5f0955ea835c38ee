using System.Runtime.ExceptionServices;
using ProDev.Retry;

namespace ProDev.Http;

/// <summary>
/// What the judge said of a response before the policy asks, kept with the request until it does: a judge is asked once for each response, and may count on it.
/// </summary>
internal sealed class JudgedAhead(HttpResponseMessage response, RetryDecision decision, Exception? failure)
{
    private static readonly HttpRequestOptionsKey<JudgedAhead> Key = new("ProDev.Http.JudgedAhead");

    public static void Keep(HttpResponseMessage response, RetryDecision decision, Exception? failure = null) =>
        response.RequestMessage?.Options.Set(Key, new JudgedAhead(response, decision, failure));

    /// <summary>Gives what was said of the response, if it was asked ahead, and forgets it. Throws what the judge threw.</summary>
    public static RetryDecision? Take(HttpResponseMessage response)
    {
        // A success is never asked about ahead.
        if (response.IsSuccessStatusCode || response.RequestMessage is not { } request || RequestOptions.Of(request) is not { } options
            || !options.TryGetValue(Key, out var judged))
            return null;
        ((IDictionary<string, object?>)options).Remove(Key.Key);
        return judged.IsOf(response) ? judged.Answer() : null;
    }

    private bool IsOf(HttpResponseMessage other) => ReferenceEquals(response, other);

    private RetryDecision Answer()
    {
        if (failure is not null)
            ExceptionDispatchInfo.Throw(failure);
        return decision;
    }
}
