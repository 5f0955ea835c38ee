using Microsoft.Extensions.DependencyInjection;

namespace ProDev.Shared.DependencyInjection;

/// <summary>The registration that took the place of a decorated one; its methods are the factories the container calls.</summary>
/// <param name="kind">Which package decorated the service.</param>
/// <param name="factory">The generated decorator.</param>
/// <param name="innerKey">A key nobody else has, under which the decorated registration lives on.</param>
internal sealed class ServiceDecoration<T>(DecoratorKind kind, DecoratorFactory<T> factory, object innerKey)
    where T : class
{
    public DecoratorKind Kind { get; } = kind;

    public object Create(IServiceProvider services) => factory(services, innerKey, services.GetRequiredKeyedService<T>(innerKey));

    public object Create(IServiceProvider services, object? serviceKey) => Create(services);
}
