using System.Globalization;

namespace ProDev.Caching.Internal;

/// <summary>What a health check says of a second level: figures for programs, sentences for people.</summary>
internal sealed class CacheHealthReport
{
    // Documented at AddProDevCaching: monitoring systems rely on them.
    private const string SecondLevelKey = "secondLevel";
    private const string BackplaneKey = "backplane";
    private const string LoadLocksKey = "loadLocks";
    private const string BrokenSinceSuffix = ".brokenSince";
    private const string AskedAgainAtSuffix = ".askedAgainAt";
    private const string ConnectedSuffix = ".connected";
    private const string PendingChangesKey = "pendingChanges";
    private const string None = "none";

    private readonly Dictionary<string, object> _data = new(StringComparer.Ordinal);
    private readonly List<string> _faults = [];

    private CacheHealthReport()
    {
    }

    public IReadOnlyDictionary<string, object> Data => _data;

    /// <summary>What is wrong, a sentence each; empty: nothing.</summary>
    public IReadOnlyList<string> Faults => _faults;

    public static CacheHealthReport Of(SecondLevelState? state)
    {
        var report = new CacheHealthReport();
        report.Add(SecondLevelKey, "second level", state?.Store);
        report.Add(BackplaneKey, "backplane", state?.Backplane);
        report.Add(LoadLocksKey, "load locks", state?.LoadLocks);
        var pending = state?.PendingChanges ?? 0;
        report._data[PendingChangesKey] = pending;
        if (pending > 0)
            report._faults.Add(string.Create(CultureInfo.InvariantCulture, $"Changes that wait to be delivered: {pending}."));
        return report;
    }

    private void Add(string key, string name, PartState? part)
    {
        _data[key] = part?.Breaker.Phase switch
        {
            BreakerPhase.Closed => "closed",
            BreakerPhase.Open => "open",
            BreakerPhase.HalfOpen => "halfOpen",
            _ => None,
        };
        if (part is null)
            return;
        if (part.Breaker.BrokenSince is { } since)
        {
            _data[key + BrokenSinceSuffix] = since;
            _faults.Add($"The {name} has not answered since {since:O} and is asked again {When(key, part.Breaker.AskedAgainAt)}.");
        }

        if (part.IsConnected is { } connected)
        {
            _data[key + ConnectedSuffix] = connected;
            if (!connected)
                _faults.Add($"The {name} is not connected, or has still to tell what was missed.");
        }
    }

    private string When(string key, DateTimeOffset? askedAgainAt)
    {
        if (askedAgainAt is not { } at)
            return "by the next call";
        _data[key + AskedAgainAtSuffix] = at;
        return $"at {at:O}";
    }
}
