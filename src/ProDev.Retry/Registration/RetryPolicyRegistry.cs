using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace ProDev.Retry;

/// <summary>
/// Makes each policy of a container once, and replaces its settings when its section of the configuration changes. Decorators ask for theirs whenever the container makes a
/// decorator, which a scoped service does for each request; the number of different answers is the number of attributes in the program.
/// </summary>
internal sealed class RetryPolicyRegistry(
    IOptionsMonitor<RetryOptions> options,
    IOptionsFactory<RetryOptions> factory,
    IEnumerable<RetryPolicyName> names,
    IEnumerable<RetrySection> sections,
    IServiceProvider services,
    ILoggerFactory? loggers = null) : IDisposable
{
    private readonly ILogger _logger = loggers?.CreateLogger("ProDev.Retry") ?? NullLogger.Instance;
    private readonly ConcurrentDictionary<string, Lazy<RetryPolicy>> _named = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Overrides, Lazy<RetryPolicy>> _inline = new();
    private readonly ConcurrentBag<IDisposable> _reloads = [];

    /// <summary>The policy of that name; the empty name is the default policy.</summary>
    public RetryPolicy Get(string name)
    {
        if (!_named.TryGetValue(name, out var policy))
            policy = _named.GetOrAdd(name, Create);
        return policy.Value;
    }

    /// <summary>The default policy with the settings of an attribute.</summary>
    public RetryPolicy Get(Overrides overrides)
    {
        if (!_inline.TryGetValue(overrides, out var policy))
            policy = _inline.GetOrAdd(overrides, Create);
        return policy.Value;
    }

    public void Dispose()
    {
        while (_reloads.TryTake(out var reload))
            reload.Dispose();
    }

    // Lazy, so that racing requests share one policy.
    private Lazy<RetryPolicy> Create(string name)
    {
        if (name.Length > 0 && names.All(known => known.Value != name))
            throw Unknown(name);
        return new(() =>
        {
            var policy = RetryPolicy.Create(name, options.Get(name));
            var followed = sections.Where(section => section.Name == name).ToList();
            foreach (var section in followed)
                _reloads.Add(ChangeToken.OnChange(section.Section.GetReloadToken, () => Reload(policy)));

            // The options are those that the host checked at its start; the section may have changed since.
            if (followed.Count > 0)
                Reload(policy);
            return policy;
        });
    }

    // Made anew, and not asked of the monitor, which would throw into whatever changed the configuration.
    private void Reload(RetryPolicy policy)
    {
        try
        {
            policy.Replace(factory.Create(policy.Name));
        }
        catch (Exception exception)
        {
            RetryLog.ReloadRefused(_logger, policy.Name, exception);
        }
    }

    private Lazy<RetryPolicy> Create(Overrides overrides) => new(() =>
    {
        var settings = options.CurrentValue.Clone();
        settings.MaxAttempts = overrides.MaxAttempts ?? settings.MaxAttempts;
        settings.BaseDelay = overrides.BaseDelay ?? settings.BaseDelay;
        settings.MaxDelay = overrides.MaxDelay ?? settings.MaxDelay;
        settings.Deadline = overrides.Deadline ?? settings.Deadline;
        settings.AttemptTimeout = overrides.AttemptTimeout ?? settings.AttemptTimeout;
        if (overrides.CircuitBreaker is { } breaker)
            settings.CircuitBreaker = services.GetKeyedService<CircuitBreaker>(breaker) ?? throw UnknownBreaker(breaker);
        return RetryPolicy.Create("default, with the settings of a [Retry] attribute", settings);
    });

    private InvalidOperationException Unknown(string name)
    {
        var known = names.Select(n => $"'{n.Value}'").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return new InvalidOperationException(
            $"There is no retry policy named '{name}'. " +
            (known.Count == 0 ? "No named policy is registered. " : $"Registered are {string.Join(", ", known)}. ") +
            $"Register it with services.AddProDevRetry().AddPolicy(\"{name}\", o => ...), or correct the name.");
    }

    private static InvalidOperationException UnknownBreaker(string name) => new(
        $"There is no circuit breaker named '{name}'. Register it with services.AddProDevRetry().AddCircuitBreaker(\"{name}\", o => ...), or correct the name in [CircuitBreaker].");

    /// <summary>The settings that an attribute names; null where it leaves the default policy's.</summary>
    [StructLayout(LayoutKind.Auto)]
    internal readonly record struct Overrides(
        int? MaxAttempts, TimeSpan? BaseDelay, TimeSpan? MaxDelay, TimeSpan? Deadline, TimeSpan? AttemptTimeout, string? CircuitBreaker);
}
