using System.Globalization;

namespace ProDev.Retry;

/// <summary>Finds every fault of a limit's arguments, so that a person corrects them in one go.</summary>
internal static class ConcurrencyFaults
{
    public static void ThrowIfInvalid(int maxConcurrent, int maxQueued, TimeSpan? queueTimeout)
    {
        var faults = new List<(string Argument, object Value, string Text)>();
        if (maxConcurrent is < 1 or > PermitSlots.MostPermits)
        {
            faults.Add((nameof(maxConcurrent), maxConcurrent, string.Create(CultureInfo.InvariantCulture,
                $"maxConcurrent is '{maxConcurrent}', but it must be from 1 to {PermitSlots.MostPermits}.")));
        }

        if (maxQueued < 0)
        {
            faults.Add((nameof(maxQueued), maxQueued, string.Create(CultureInfo.InvariantCulture,
                $"maxQueued is '{maxQueued}', but it cannot be negative. Set it to zero to refuse calls at once.")));
        }

        if (queueTimeout is { } timeout && (timeout <= TimeSpan.Zero || timeout > RetryConstants.LongestDelay))
        {
            faults.Add((nameof(queueTimeout), timeout,
                $"queueTimeout is '{timeout:c}', but it must be above zero and at most '{RetryConstants.LongestDelay:c}' (24.8 days). " +
                "Set it to null to wait without a limit."));
        }

        if (faults.Count > 0)
            throw new ArgumentOutOfRangeException(faults[0].Argument, faults[0].Value, string.Join(' ', faults.Select(f => f.Text)));
    }
}
