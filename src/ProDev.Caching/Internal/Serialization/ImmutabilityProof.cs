using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace ProDev.Caching.Internal;

/// <summary>
/// The proof that a type is immutable, in this order: it is one the platform guarantees, or declared so by <see cref="ImmutableObjectAttribute"/>; or it is a
/// value type of immutable fields; or a sealed class whose fields, inherited ones included, are all read-only and immutable.
/// </summary>
internal sealed class ImmutabilityProof
{
    // A type that contains itself is immutable if the rest of it is.
    private readonly HashSet<Type> _assumed = [];

    private ImmutabilityProof()
    {
    }

    /// <param name="type">The type.</param>
    /// <param name="isExact">Whether the value is known to be of this class and of none derived from it.</param>
    public static bool Holds(Type type, bool isExact) => new ImmutabilityProof().Holds(type, isExact ? type : null);

    private bool Holds(Type type, Type? exact)
    {
        if (KnownImmutableTypes.Contains(type))
            return true;
        if (KnownImmutableTypes.IsContainer(type))
            return Array.TrueForAll(type.GetGenericArguments(), argument => Holds(argument, exact: null));
        if (type.GetCustomAttribute<ImmutableObjectAttribute>(inherit: false) is { } declared)
            return declared.Immutable;
        if (!_assumed.Add(type))
            return true;
        return RuntimeFeature.IsDynamicCodeSupported && HasImmutableFields(type, exact);
    }

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "A field that was trimmed away is written by nobody, so that it changes nothing.")]
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "As above.")]
    private bool HasImmutableFields(Type type, Type? exact)
    {
        if (type.IsPointer || type.IsArray || type.IsInterface || type.IsAbstract || typeof(Delegate).IsAssignableFrom(type))
            return false;
        if (!type.IsValueType && !type.IsSealed && type != exact)
            return false;
        for (var level = type; level is not null && level != typeof(object) && level != typeof(ValueType); level = level.BaseType)
        {
            foreach (var field in level.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                // A value type is copied when it is handed out, so that its own fields may be writable.
                if (!(field.IsInitOnly || type.IsValueType) || !Holds(field.FieldType, exact: null))
                    return false;
            }
        }

        return true;
    }
}
