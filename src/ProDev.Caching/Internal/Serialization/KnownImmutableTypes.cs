using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Numerics;

namespace ProDev.Caching.Internal;

/// <summary>Types of the platform that nobody can change, whatever their fields look like.</summary>
internal static class KnownImmutableTypes
{
    private static readonly FrozenSet<Type> Types = new[]
    {
        typeof(string), typeof(decimal), typeof(DateTime), typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeOnly), typeof(TimeSpan), typeof(Guid),
        typeof(Int128), typeof(UInt128), typeof(Half), typeof(BigInteger), typeof(Complex), typeof(Index), typeof(Range),
        typeof(Uri), typeof(Version), typeof(TimeZoneInfo), typeof(DBNull), typeof(Type),
    }.ToFrozenSet();

    // Immutable if what they contain is. Lists of values: the comparers that some of them hold are taken to be what they should be.
    private static readonly FrozenSet<Type> Containers = new[]
    {
        typeof(Nullable<>), typeof(KeyValuePair<,>),
        typeof(Tuple<>), typeof(Tuple<,>), typeof(Tuple<,,>), typeof(Tuple<,,,>), typeof(Tuple<,,,,>), typeof(Tuple<,,,,,>), typeof(Tuple<,,,,,,>),
        typeof(ValueTuple<>), typeof(ValueTuple<,>), typeof(ValueTuple<,,>), typeof(ValueTuple<,,,>), typeof(ValueTuple<,,,,>), typeof(ValueTuple<,,,,,>),
        typeof(ValueTuple<,,,,,,>), typeof(ValueTuple<,,,,,,,>),
        typeof(ImmutableArray<>), typeof(ImmutableList<>), typeof(ImmutableHashSet<>), typeof(ImmutableSortedSet<>), typeof(ImmutableQueue<>), typeof(ImmutableStack<>),
        typeof(ImmutableDictionary<,>), typeof(ImmutableSortedDictionary<,>), typeof(FrozenSet<>), typeof(FrozenDictionary<,>),
    }.ToFrozenSet();

    public static bool Contains(Type type) => type.IsPrimitive || type.IsEnum || Types.Contains(type);

    public static bool IsContainer(Type type) => type.IsConstructedGenericType && Containers.Contains(type.GetGenericTypeDefinition());
}
