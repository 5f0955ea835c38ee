using ProDev.Retry;

namespace ProDev.Http;

/// <summary>The two policies for one authority. They differ in the number of attempts, and share budget and breaker.</summary>
/// <param name="Retrying">For requests that may be repeated.</param>
/// <param name="Once">For all others, which count for the budget and the breaker and end at the same limits.</param>
internal sealed record AuthorityPolicies(RetryPolicy Retrying, RetryPolicy Once)
{
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">The settings are faulty.</exception>
    public static AuthorityPolicies Create(HttpRetryOptions options, HttpFailures failures, TimeProvider time, string authority)
    {
        var (budget, breaker) = (options.Budget?.Invoke(authority), options.CircuitBreaker?.Invoke(authority));
        return new AuthorityPolicies(Policy(options.MaxAttempts), Policy(maxAttempts: 1));

        RetryPolicy Policy(int maxAttempts) => RetryPolicy.Create(o =>
        {
            o.MaxAttempts = maxAttempts;
            o.BaseDelay = options.BaseDelay;
            o.MaxDelay = options.MaxDelay;
            o.Deadline = options.Deadline;
            o.AttemptTimeout = options.AttemptTimeout;
            o.MaxServerDelay = options.MaxServerDelay;
            o.TimeProvider = time;
            o.Budget = budget;
            o.CircuitBreaker = breaker;
            o.ShouldRetry = failures.Judge;
            o.JudgeResult<HttpResponseMessage>(failures.Judge);
            options.ConfigurePolicy?.Invoke(o);
        });
    }
}
