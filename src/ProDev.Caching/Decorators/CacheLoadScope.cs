using System.ComponentModel;
using Microsoft.Extensions.DependencyInjection;

namespace ProDev.Caching;

/// <summary>
/// The scope of a load that runs without its caller. For generated code; may change in any release, together with the
/// generator in the same package.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct CacheLoadScope
{
    private readonly IServiceProvider _services;
    private readonly object? _registration;

    internal CacheLoadScope(IServiceProvider services, object? registration)
    {
        _services = services;
        _registration = registration;
    }

    /// <summary>The decorated service as this scope has it.</summary>
    /// <typeparam name="TService">The decorated interface.</typeparam>
    /// <returns>The service. The scope disposes it.</returns>
    public TService Inner<TService>()
        where TService : class => _services.GetRequiredKeyedService<TService>(_registration);
}
