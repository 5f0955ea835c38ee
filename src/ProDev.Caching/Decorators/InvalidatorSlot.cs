using Microsoft.Extensions.DependencyInjection;
using ProDev.Shared.DependencyInjection;

namespace ProDev.Caching.Internal;

/// <summary>Where generated code leaves how the invalidator of <typeparamref name="TService"/> is registered.</summary>
internal static class InvalidatorSlot<TService>
    where TService : class
{
    private static Action<IServiceCollection, InnerServiceKey>? _add;

    public static void Fill<TInvalidator>(Func<IServiceProvider, object?, TInvalidator> create)
        where TInvalidator : class =>
        Volatile.Write(ref _add, (services, registration) => services.Add(registration.ServiceKey is { } key
            ? new ServiceDescriptor(typeof(TInvalidator), key, (provider, _) => create(provider, registration), registration.Lifetime)
            : new ServiceDescriptor(typeof(TInvalidator), provider => create(provider, registration), registration.Lifetime)));

    /// <summary>Adds the invalidator of a decorated registration, with the lifetime and the key of that.</summary>
    public static void AddTo(IServiceCollection services, InnerServiceKey registration) => Volatile.Read(ref _add)?.Invoke(services, registration);
}
