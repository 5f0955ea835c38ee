using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using ProDev.Caching.Internal;

namespace ProDev.Caching.Tests;

/// <summary>The text of keys as generated for real methods.</summary>
public sealed class GeneratedKeyTextTests
{
    [Fact]
    public void A_key_of_nested_values_is_read_back_as_an_equal_one()
    {
        var key = Activator.CreateInstance(KeyType("AllAsync"), (byte)7, DayOfWeek.Friday, (DayOfWeek?)null, ("a,b", (Guid?)Guid.Empty), new Place("Lyon", new Point(1.5, null)), (Place?)null)!;

        var text = (string)Call("AllAsync", nameof(KeyFormat<int>.WriteKey), key)!;

        Assert.Equal("7,5,!,a\\u002Cb,+,00000000000000000000000000000000,+,Lyon,+,3ff8000000000000,!,!", text);
        Assert.Equal(key, Read("AllAsync", text));
        Assert.Null(Read("AllAsync", text + ",1"));
    }

    [Fact]
    public void Overloads_and_registrations_have_regions_of_their_own()
    {
        var first = Stores(services => services.AddSingleton<IShapes, Shapes>().DecorateWithCache<IShapes>(), key: null);
        var keyed = Stores(services => services.AddKeyedSingleton<IShapes, Shapes>("eu").DecorateWithCache<IShapes>("eu"), "eu");
        var second = Stores(services => services.AddSingleton<IShapes, Shapes>().DecorateWithCache<IShapes>().AddSingleton<IShapes, Shapes>().DecorateWithCache<IShapes>(), key: null);

        string[] regions =
        [
            .. new[] { first, keyed, second }.SelectMany(stores => new[] { "Count", "Count2", "Count3", "AllAsync" }.Select(name => Region(stores, name))),
        ];

        Assert.Equal(regions.Length, regions.Distinct(StringComparer.Ordinal).Count());
        Assert.StartsWith("ProDev.Caching.Tests.IShapes.Count(int)~", regions[0], StringComparison.Ordinal);
        Assert.StartsWith("ProDev.Caching.Tests.IShapes.Count(int?)~", regions[1], StringComparison.Ordinal);
        Assert.StartsWith("ProDev.Caching.Tests.IShapes.Count(int)['eu']~", regions[4], StringComparison.Ordinal);
        Assert.StartsWith("ProDev.Caching.Tests.IShapes.Count(int)#2~", regions[8], StringComparison.Ordinal);
        Assert.All(regions, region => Assert.DoesNotContain(KeyFormat<int>.Separator, region));
    }

    [Fact]
    public void The_shape_of_the_result_is_part_of_the_region()
    {
        const string Method = "namespace Atlas; public interface ICatalog { [Cached] Task<IReadOnlyList<City>> AllAsync(); } ";
        string[] shapes =
        [
            "public sealed record City(int Id, Kind Kind); public enum Kind { Big }",
            "public sealed record City(long Id, Kind Kind); public enum Kind { Big }",
            "public sealed record City(int Key, Kind Kind); public enum Kind { Big }",
            "public sealed record City(int Id, Kind Kind); public enum Kind { Small, Big }",
            "public sealed record City(int Id, Kind Kind) { public City? Next { get; init; } } public enum Kind { Big }",
            "public sealed record City(int Id, Kind Kind, Area Area); public enum Kind { Big } public sealed record Area(int Size);",
            "public sealed record City(int Id, Kind Kind, Area Area); public enum Kind { Big } public sealed record Area(double Size);",
        ];

        var schemas = shapes.Select(shape => Schema(GeneratorHarness.Generate(Method + shape))).ToList();

        Assert.Equal(schemas.Count, schemas.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(schemas[0], Schema(GeneratorHarness.Generate(Method + "public enum Kind { Big } public sealed record City(int Id, Kind Kind) { private int Hidden => Id; }")));
    }

    private static string Schema(string generated)
    {
        var start = generated.IndexOf("schema: \"", StringComparison.Ordinal);
        return generated.Substring(start, 25);
    }

    private static object Stores(Action<IServiceCollection> register, object? key)
    {
        var services = new ServiceCollection();
        register(services);
        var decorator = services.BuildServiceProvider().GetRequiredKeyedService<IShapes>(key);
        return decorator.GetType().GetField("_stores", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(decorator)!;
    }

    private static object Format(object stores, string method)
    {
        var store = stores.GetType().GetProperty(method)!.GetValue(stores)!;
        return store.GetType().GetProperty("Format", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(store)!;
    }

    private static object Format(string method) => Format(Stores(services => services.AddSingleton<IShapes, Shapes>().DecorateWithCache<IShapes>(), key: null), method);

    private static Type KeyType(string method) => Format(method).GetType().GenericTypeArguments[0];

    private static string Region(object stores, string method) => (string)Format(stores, method).GetType().GetProperty("Region")!.GetValue(Format(stores, method))!;

    private static object? Call(string method, string name, object argument) => Format(method).GetType().GetMethod(name)!.Invoke(Format(method), [argument]);

    // A span cannot be passed by reflection.
    private static object? Read(string method, string text) => typeof(GeneratedKeyTextTests)
        .GetMethod(nameof(ReadTyped), BindingFlags.Static | BindingFlags.NonPublic)!
        .MakeGenericMethod(KeyType(method))
        .Invoke(null, [Format(method), text]);

    private static object? ReadTyped<TKey>(KeyFormat<TKey> format, string text)
        where TKey : notnull => format.TryReadKey(text, out var key) ? key : null;
}
