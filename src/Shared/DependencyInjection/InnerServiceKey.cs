using System.Globalization;
using Microsoft.Extensions.DependencyInjection;

namespace ProDev.Shared.DependencyInjection;

/// <summary>
/// The private key under which a decorated registration lives on. Compared by reference, so that no two decorations ever share
/// one.
/// </summary>
/// <param name="kind">Which package decorated the service.</param>
/// <param name="type">The service.</param>
/// <param name="serviceKey">The key of the registration, or null.</param>
/// <param name="lifetime">The lifetime of the registration.</param>
/// <param name="ordinal">How many registrations of the same service and key were decorated before.</param>
internal sealed class InnerServiceKey(DecoratorKind kind, Type type, object? serviceKey, ServiceLifetime lifetime, int ordinal)
{
    /// <summary>
    /// What tells the registration from others of the same service, in every process that registers alike: empty for the first without
    /// a key.
    /// </summary>
    public string Name { get; } = string.Concat(
        serviceKey switch { null => "", string text => $"['{text}']", _ => $"[{serviceKey.GetType().Name} {serviceKey}]" },
        ordinal == 0 ? "" : $"#{(ordinal + 1).ToString(CultureInfo.InvariantCulture)}");

    /// <summary>The key of the decorated registration, or null.</summary>
    public object? ServiceKey { get; } = serviceKey;

    public ServiceLifetime Lifetime { get; } = lifetime;

    public bool IsSame(DecoratorKind otherKind, Type otherType, object? otherKey) => kind == otherKind && type == otherType && Equals(ServiceKey, otherKey);

    public override string ToString() => $"{type.Name}{(ServiceKey is null ? "" : $" '{ServiceKey}'")} before {kind.Method}";
}
