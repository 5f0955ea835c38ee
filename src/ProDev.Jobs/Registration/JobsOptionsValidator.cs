using Microsoft.Extensions.Options;

namespace ProDev.Jobs;

/// <summary>Reports every fault of the options at once.</summary>
internal sealed class JobsOptionsValidator : IValidateOptions<JobsOptions>
{
    public ValidateOptionsResult Validate(string? name, JobsOptions options)
    {
        var faults = new List<string>();
        if (options.SerializerOptions is null)
            faults.Add("JobsOptions.SerializerOptions is null. Set it, or leave the default.");
        if (options.MaxPayloadBytes < 1)
            faults.Add($"JobsOptions.MaxPayloadBytes is '{options.MaxPayloadBytes}'. Set it to 1 or more.");
        if (options.Retention < TimeSpan.Zero && options.Retention != Timeout.InfiniteTimeSpan)
            faults.Add($"JobsOptions.Retention is '{options.Retention}'. Set it to zero or more, or to Timeout.InfiniteTimeSpan.");

        JobBackoffOptions? backoff = options.Backoff;
        if (backoff is null)
        {
            faults.Add("JobsOptions.Backoff is null. Set it, or leave the default.");
        }
        else
        {
            if (backoff.BaseDelay < TimeSpan.Zero)
                faults.Add($"JobsOptions.Backoff.BaseDelay is '{backoff.BaseDelay}'. Set it to zero or more.");
            if (backoff.MaxDelay < backoff.BaseDelay || backoff.MaxDelay > JobConstants.MaxScheduleAhead)
            {
                faults.Add($"JobsOptions.Backoff.MaxDelay is '{backoff.MaxDelay}'. Set it to BaseDelay ('{backoff.BaseDelay}') or more, " +
                    "and to ten years or less.");
            }

            if (!(backoff.Factor >= 1) || double.IsInfinity(backoff.Factor))
                faults.Add(FormattableString.Invariant($"JobsOptions.Backoff.Factor is '{backoff.Factor}'. Set it to a finite number of 1 or more."));
            if (backoff.Randomness is null)
                faults.Add("JobsOptions.Backoff.Randomness is null. Set it, or leave the default.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
