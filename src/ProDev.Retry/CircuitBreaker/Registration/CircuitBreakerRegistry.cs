using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace ProDev.Retry;

/// <summary>Makes each breaker of a container once, and hands it its new settings when they are reloaded.</summary>
internal sealed class CircuitBreakerRegistry : IDisposable
{
    private readonly MadeOnce<string, CircuitBreaker> _breakers;
    private readonly ConcurrentBag<IDisposable> _reloads = [];
    private readonly IOptionsMonitor<CircuitBreakerOptions> _options;
    private readonly IOptionsFactory<CircuitBreakerOptions> _factory;
    private readonly IEnumerable<CircuitBreakerName> _names;
    private readonly IEnumerable<CircuitBreakerSection> _sections;
    private readonly ILogger _logger;

    public CircuitBreakerRegistry(
        IOptionsMonitor<CircuitBreakerOptions> options,
        IOptionsFactory<CircuitBreakerOptions> factory,
        IEnumerable<CircuitBreakerName> names,
        IEnumerable<CircuitBreakerSection> sections,
        ILoggerFactory? loggers = null)
    {
        _options = options;
        _factory = factory;
        _names = names;
        _sections = sections;
        _logger = loggers?.CreateLogger("ProDev.Retry") ?? NullLogger.Instance;
        _breakers = new(Create, StringComparer.Ordinal);
        if (options.OnChange(Reload) is { } reloads)
            _reloads.Add(reloads);
    }

    public CircuitBreaker Get(string name) => _breakers.Get(name);

    public void Dispose()
    {
        while (_reloads.TryTake(out var reload))
            reload.Dispose();
    }

    private CircuitBreaker Create(string name)
    {
        if (_names.All(known => known.Value != name))
            throw Unknown(name);
        var breaker = CircuitBreaker.Create(_options.Get(name));
        var followed = _sections.Where(section => section.Name == name).ToList();
        foreach (var section in followed)
            _reloads.Add(ChangeToken.OnChange(section.Section.GetReloadToken, () => Reload(name, breaker)));

        // The options are those that the host checked at its start; the section may have changed since.
        if (followed.Count > 0)
            Reload(name, breaker);
        return breaker;
    }

    // Made anew, and not asked of the monitor, which would throw into whatever changed the configuration.
    private void Reload(string name, CircuitBreaker breaker)
    {
        try
        {
            breaker.Update(_factory.Create(name));
        }
        catch (Exception exception)
        {
            RetryLog.BreakerReloadRefused(_logger, name, exception);
        }
    }

    // A breaker that nobody has asked for yet will be made with the new settings.
    private void Reload(CircuitBreakerOptions options, string? name)
    {
        if (_breakers.Has(name ?? Options.DefaultName))
            Get(name ?? Options.DefaultName).Update(options);
    }

    private InvalidOperationException Unknown(string name)
    {
        var known = _names.Select(n => $"'{n.Value}'").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return new InvalidOperationException(
            $"There is no circuit breaker named '{name}'. " +
            (known.Count == 0 ? "None is registered. " : $"Registered are {string.Join(", ", known)}. ") +
            $"Register it with services.AddProDevRetry().AddCircuitBreaker(\"{name}\"), or correct the name.");
    }
}
