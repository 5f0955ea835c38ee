using System.Collections.Frozen;
using System.Collections.Immutable;
using System.ComponentModel;
using ProDev.Caching.Internal;

namespace ProDev.Caching.Tests;

public sealed class ImmutableTypesTests
{
    [Fact]
    public void Types_of_the_platform_that_nobody_can_change_are_shared()
    {
        Assert.True(ImmutableTypes.IsImmutable<int>());
        Assert.True(ImmutableTypes.IsImmutable<DayOfWeek?>());
        Assert.True(ImmutableTypes.IsImmutable<string>());
        Assert.True(ImmutableTypes.IsImmutable<Uri>());
        Assert.True(ImmutableTypes.IsImmutable<(int, string, DateTimeOffset)>());
        Assert.True(ImmutableTypes.IsImmutable<ImmutableArray<string>>());
        Assert.True(ImmutableTypes.IsImmutable<FrozenDictionary<string, ImmutableList<Point>>>());
    }

    [Fact]
    public void A_sealed_type_whose_fields_are_all_read_only_and_immutable_is_shared()
    {
        Assert.True(ImmutableTypes.IsImmutable<Point>());
        Assert.True(ImmutableTypes.IsImmutable<Node>());
        Assert.True(ImmutableTypes.IsImmutable<WritableStruct>());
        Assert.True(ImmutableTypes.IsImmutable<Declared>());
    }

    [Fact]
    public void What_is_not_proven_is_not_shared()
    {
        Assert.False(ImmutableTypes.IsImmutable<object>());
        Assert.False(ImmutableTypes.IsImmutable<int[]>());
        Assert.False(ImmutableTypes.IsImmutable<List<int>>());
        Assert.False(ImmutableTypes.IsImmutable<IReadOnlyList<int>>());
        Assert.False(ImmutableTypes.IsImmutable<Func<int>>());
        Assert.False(ImmutableTypes.IsImmutable<Settable>());
        Assert.False(ImmutableTypes.IsImmutable<WithArray>());
        Assert.False(ImmutableTypes.IsImmutable<StructWithArray>());
        Assert.False(ImmutableTypes.IsImmutable<Derived>());
        Assert.False(ImmutableTypes.IsImmutable<ImmutableArray<int[]>>());
        Assert.False(ImmutableTypes.IsImmutable<Open>());
        Assert.False(ImmutableTypes.IsImmutable<(int, List<int>)>());
    }

    [Fact]
    public void A_class_that_can_be_derived_from_is_shared_where_the_value_is_of_that_class_itself()
    {
        Assert.True(ImmutableTypes.IsImmutableWhenExact<Open>());
        Assert.False(ImmutableTypes.IsImmutableWhenExact<Settable>());
    }

    public sealed record Point(int X, string Name);

    public sealed record Node(int Value, Node? Next);

    public record Open(int Value);

    public sealed record Settable(int Value)
    {
        public int Other { get; set; }
    }

    public sealed record WithArray(int[] Values);

    public struct WritableStruct
    {
        public int Value { get; set; }
    }

    public readonly record struct StructWithArray(int[] Values);

    [ImmutableObject(true)]
    public sealed class Declared
    {
        public int[] Values { get; } = [1];
    }

    public class Base
    {
        public int Value { get; set; }
    }

    public sealed class Derived : Base;
}
