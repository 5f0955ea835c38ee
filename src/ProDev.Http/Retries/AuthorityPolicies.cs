namespace ProDev.Http;

/// <summary>The two policies for one authority. They differ in the number of attempts, and share budget and breaker.</summary>
/// <param name="Retrying">For requests that may be repeated.</param>
/// <param name="Once">For all others, which count for the budget and the breaker and end at the same limits.</param>
internal sealed record AuthorityPolicies(HttpPolicy Retrying, HttpPolicy Once)
{
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">The settings are faulty.</exception>
    public static AuthorityPolicies Create(HttpRetryOptions options, HttpFailures failures, TimeProvider time, string authority)
    {
        var (budget, breaker) = (options.Budget?.Invoke(authority), options.CircuitBreaker?.Invoke(authority));
        return new AuthorityPolicies(Policy(options.MaxAttempts, options.AttemptTimeout), Policy(maxAttempts: 1, options.ChosenAttemptTimeout));

        HttpPolicy Policy(int maxAttempts, TimeSpan? attemptTimeout) => HttpPolicy.Create(o =>
        {
            o.MaxAttempts = maxAttempts;
            o.BaseDelay = options.BaseDelay;
            o.MaxDelay = options.MaxDelay;
            o.Deadline = options.Deadline;
            o.AttemptTimeout = attemptTimeout;
            o.MaxServerDelay = options.MaxServerDelay;
            o.TimeProvider = time;
            o.Budget = budget;
            o.CircuitBreaker = breaker;
            o.ShouldRetry = failures.Judge;
            o.JudgeResult<HttpResponseMessage>(failures.Judge);
            options.ConfigurePolicy?.Invoke(o);

            // It says how often a request that may be repeated is sent, and not which may.
            if (maxAttempts == 1)
                o.MaxAttempts = 1;
        });
    }
}
