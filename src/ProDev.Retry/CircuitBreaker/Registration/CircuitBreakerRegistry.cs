using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace ProDev.Retry;

/// <summary>Makes each breaker of a container once, and hands it its new settings when they are reloaded.</summary>
internal sealed class CircuitBreakerRegistry : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<CircuitBreaker>> _breakers = new(StringComparer.Ordinal);
    private readonly IOptionsMonitor<CircuitBreakerOptions> _options;
    private readonly IEnumerable<CircuitBreakerName> _names;
    private readonly IDisposable? _reloads;

    public CircuitBreakerRegistry(IOptionsMonitor<CircuitBreakerOptions> options, IEnumerable<CircuitBreakerName> names)
    {
        _options = options;
        _names = names;
        _reloads = options.OnChange(Reload);
    }

    public CircuitBreaker Get(string name)
    {
        if (!_breakers.TryGetValue(name, out var breaker))
            breaker = _breakers.GetOrAdd(name, Create);
        try
        {
            return breaker.Value;
        }
        catch
        {
            // Faulty settings may be corrected, and what a Lazy threw it would throw for ever.
            _breakers.TryRemove(KeyValuePair.Create(name, breaker));
            throw;
        }
    }

    public void Dispose() => _reloads?.Dispose();

    // Lazy, so that racing requests share one breaker.
    private Lazy<CircuitBreaker> Create(string name)
    {
        if (_names.All(known => known.Value != name))
            throw Unknown(name);
        return new(() => CircuitBreaker.Create(_options.Get(name)));
    }

    // A breaker that nobody has asked for yet will be made with the new settings.
    private void Reload(CircuitBreakerOptions options, string? name)
    {
        if (_breakers.TryGetValue(name ?? Options.DefaultName, out var breaker))
            breaker.Value.Update(options);
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
