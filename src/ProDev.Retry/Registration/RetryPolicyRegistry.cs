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
internal sealed class RetryPolicyRegistry : IDisposable
{
    private readonly IOptionsMonitor<RetryOptions> _options;
    private readonly IOptionsFactory<RetryOptions> _factory;
    private readonly IEnumerable<RetryPolicyName> _names;
    private readonly IEnumerable<RetrySection> _sections;
    private readonly IServiceProvider _services;
    private readonly ILogger _logger;
    private readonly MadeOnce<string, RetryPolicy> _named;
    private readonly MadeOnce<Overrides, RetryPolicy> _inline;
    private readonly ConcurrentBag<IDisposable> _reloads = [];

    public RetryPolicyRegistry(
        IOptionsMonitor<RetryOptions> options,
        IOptionsFactory<RetryOptions> factory,
        IEnumerable<RetryPolicyName> names,
        IEnumerable<RetrySection> sections,
        IServiceProvider services,
        ILoggerFactory? loggers = null)
    {
        _options = options;
        _factory = factory;
        _names = names;
        _sections = sections;
        _services = services;
        _logger = loggers?.CreateLogger("ProDev.Retry") ?? NullLogger.Instance;
        _named = new(Create, StringComparer.Ordinal);
        _inline = new(Create);
    }

    /// <summary>The policy of that name; the empty name is the default policy.</summary>
    public RetryPolicy Get(string name) => _named.Get(name);

    /// <summary>The default policy with the settings of an attribute.</summary>
    public RetryPolicy Get(Overrides overrides) => _inline.Get(overrides);

    public void Dispose()
    {
        while (_reloads.TryTake(out var reload))
            reload.Dispose();
    }

    private RetryPolicy Create(string name)
    {
        if (name.Length > 0 && _names.All(known => known.Value != name))
            throw Unknown(name);
        var policy = RetryPolicy.Create(name, _options.Get(name));
        var followed = _sections.Where(section => section.Name == name).ToList();
        foreach (var section in followed)
            _reloads.Add(ChangeToken.OnChange(section.Section.GetReloadToken, () => Reload(policy)));

        // The options are those that the host checked at its start; the section may have changed since.
        if (followed.Count > 0)
            Reload(policy);
        return policy;
    }

    // Made anew, and not asked of the monitor, which would throw into whatever changed the configuration.
    private void Reload(RetryPolicy policy)
    {
        try
        {
            policy.Replace(_factory.Create(policy.Name));
        }
        catch (Exception exception)
        {
            RetryLog.ReloadRefused(_logger, policy.Name, exception);
        }
    }

    private RetryPolicy Create(Overrides overrides)
    {
        var settings = _options.CurrentValue.Clone();
        settings.MaxAttempts = overrides.MaxAttempts ?? settings.MaxAttempts;
        settings.BaseDelay = overrides.BaseDelay ?? settings.BaseDelay;
        settings.MaxDelay = overrides.MaxDelay ?? settings.MaxDelay;
        settings.Deadline = overrides.Deadline ?? settings.Deadline;
        settings.AttemptTimeout = overrides.AttemptTimeout ?? settings.AttemptTimeout;
        if (overrides.CircuitBreaker is { } breaker)
            settings.CircuitBreaker = _services.GetKeyedService<CircuitBreaker>(breaker) ?? throw UnknownBreaker(breaker);
        return RetryPolicy.Create("default, with the settings of a [Retry] attribute", settings);
    }

    private InvalidOperationException Unknown(string name)
    {
        var known = _names.Select(n => $"'{n.Value}'").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
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
