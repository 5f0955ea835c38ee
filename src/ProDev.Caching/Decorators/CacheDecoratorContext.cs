using System.ComponentModel;
using Microsoft.Extensions.DependencyInjection;
using ProDev.Shared.DependencyInjection;

namespace ProDev.Caching;

/// <summary>
/// What the stores of a decorated registration have in common. For generated code; may change in any release, together with
/// the generator in the same package.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class CacheDecoratorContext
{
    private readonly IServiceScopeFactory _scopes;
    private readonly object? _registration;

    internal CacheDecoratorContext(ProDevHybridCache cache, IServiceScopeFactory scopes, object? registration)
    {
        Cache = cache;
        _scopes = scopes;
        _registration = registration;
    }

    /// <summary>The cache of the container.</summary>
    public ProDevHybridCache Cache { get; }

    /// <summary>Tells the registration from others of the same service, in this process and in those that register alike.</summary>
    internal string RegistrationName => (_registration as InnerServiceKey)?.Name ?? string.Empty;

    /// <summary>Opens a scope for a load that may outlive its caller. Whoever opens it disposes it.</summary>
    internal AsyncServiceScope OpenScope() => _scopes.CreateAsyncScope();

    internal CacheLoadScope LoadIn(AsyncServiceScope scope) => new(scope.ServiceProvider, _registration);
}
