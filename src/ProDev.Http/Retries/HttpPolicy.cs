using ProDev.Retry;

namespace ProDev.Http;

/// <summary>A policy, and what a request must know of its settings, as <see cref="HttpRetryOptions.ConfigurePolicy"/> left them.</summary>
internal sealed record HttpPolicy(RetryPolicy Policy, int MaxAttempts, TimeSpan? Deadline, TimeSpan? AttemptTimeout, TimeProvider Time)
{
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">The settings are faulty.</exception>
    public static HttpPolicy Create(Action<RetryOptions> configure)
    {
        RetryOptions? settings = null;
        var policy = RetryPolicy.Create(o =>
        {
            configure(o);
            settings = o;
        });
        return new HttpPolicy(policy, settings!.MaxAttempts, settings.Deadline, settings.AttemptTimeout, settings.TimeProvider);
    }
}
