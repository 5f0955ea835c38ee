using Microsoft.Extensions.DependencyInjection;

namespace ProDev.Shared.DependencyInjection;

/// <summary>
/// Puts a generated decorator in the place of the last registration of a service and keeps that registration's lifetime and
/// key. The decorated registration stays in the container under a private key: the container goes on making and disposing
/// it exactly as before, whether it is a type, a factory or an instance.
/// </summary>
internal static class ServiceDecorator
{
    /// <returns>The private key; null when the registration was decorated already.</returns>
    public static InnerServiceKey? Decorate<T>(IServiceCollection services, object? serviceKey, DecoratorKind kind)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(services);
        if (serviceKey == KeyedService.AnyKey)
        {
            throw new ArgumentException(
                $"{kind.Method}<{typeof(T).Name}>() cannot decorate a registration for any key: it stands for many services. Register and decorate each key.",
                nameof(serviceKey));
        }

        var factory = DecoratorSlot<T>.Find() ?? throw NoDecorator(typeof(T), kind);
        var index = LastIndexOf(services, typeof(T), serviceKey);
        var isOpen = index < 0 && typeof(T).IsGenericType;
        if (isOpen)
            index = LastIndexOf(services, typeof(T).GetGenericTypeDefinition(), serviceKey);
        if (index < 0)
            throw NotRegistered(typeof(T), serviceKey, kind);

        var inner = services[index];
        if (IsDecorated<T>(inner, kind))
            return null;
        var ordinal = services.Count(service => service.ServiceKey is InnerServiceKey other && other.IsSame(kind, typeof(T), serviceKey));
        var innerKey = new InnerServiceKey(kind, typeof(T), serviceKey, inner.Lifetime, ordinal);
        var decoration = new ServiceDecoration<T>(kind, factory, innerKey);
        var decorated = inner.IsKeyedService
            ? new ServiceDescriptor(typeof(T), inner.ServiceKey, decoration.Create, inner.Lifetime)
            : new ServiceDescriptor(typeof(T), decoration.Create, inner.Lifetime);

        // The registration of an open generic service goes on to make all that are not decorated.
        if (isOpen)
            services.Add(decorated);
        else
            services[index] = decorated;
        services.Add(WithKey(inner, innerKey));
        return innerKey;
    }

    private static int LastIndexOf(IServiceCollection services, Type type, object? serviceKey)
    {
        for (var index = services.Count - 1; index >= 0; index--)
        {
            if (services[index].ServiceType == type && services[index].ServiceKey is not InnerServiceKey && Equals(services[index].ServiceKey, serviceKey))
                return index;
        }

        return -1;
    }

    // Decorating twice with the same package is harmless, as registering twice is.
    private static bool IsDecorated<T>(ServiceDescriptor descriptor, DecoratorKind kind)
        where T : class
    {
        object? target = descriptor.IsKeyedService ? descriptor.KeyedImplementationFactory?.Target : descriptor.ImplementationFactory?.Target;
        return target is ServiceDecoration<T> decoration && decoration.Kind == kind;
    }

    private static ServiceDescriptor WithKey(ServiceDescriptor inner, object innerKey)
    {
        if (!inner.IsKeyedService)
        {
            return inner switch
            {
                { ImplementationInstance: { } instance } => new ServiceDescriptor(inner.ServiceType, innerKey, instance),
                { ImplementationFactory: { } factory } => new ServiceDescriptor(inner.ServiceType, innerKey, (services, _) => factory(services), inner.Lifetime),
                _ => new ServiceDescriptor(inner.ServiceType, innerKey, inner.ImplementationType!, inner.Lifetime),
            };
        }

        return inner switch
        {
            { KeyedImplementationInstance: { } instance } => new ServiceDescriptor(inner.ServiceType, innerKey, instance),
            { KeyedImplementationFactory: { } factory } => new ServiceDescriptor(inner.ServiceType, innerKey, (services, _) => factory(services, inner.ServiceKey), inner.Lifetime),
            _ => new ServiceDescriptor(inner.ServiceType, innerKey, inner.KeyedImplementationType!, inner.Lifetime),
        };
    }

    private static InvalidOperationException NoDecorator(Type type, DecoratorKind kind) => new(
        $"{kind.Method}<{type.Name}>() found no generated decorator for '{type.FullName}'. Put {kind.Attribute} on at least one method that the " +
        $"interface itself declares, and let the project that declares it reference {kind.Package}, whose source generator writes the decorator.");

    private static InvalidOperationException NotRegistered(Type type, object? serviceKey, DecoratorKind kind) => new(
        $"{kind.Method}<{type.Name}>() found no registration of '{type.FullName}'{(serviceKey is null ? "" : $" with the key '{serviceKey}'")} to decorate. " +
        $"Register the service first, as in services.AddScoped<{type.Name}, ...>(), and call {kind.Method} after that.");
}
