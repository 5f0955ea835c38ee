using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using ProDev.Caching.Internal;

namespace ProDev.Caching.Tests;

public sealed partial class CacheSerializersTests
{
    private readonly RecordingLogger _log = new();

    [Fact]
    public void Strings_and_bytes_are_kept_as_they_are()
    {
        Assert.Equal("é"u8.ToArray(), Bytes("é"));
        Assert.Equal("é", RoundTrip("é"));
        Assert.Equal<byte>([0, 1, 255], Bytes<byte[]>([0, 1, 255]));
        Assert.Equal<byte>([0, 1, 255], RoundTrip<byte[]>([0, 1, 255]));
    }

    [Fact]
    public void A_string_that_is_no_valid_text_is_refused_rather_than_changed() =>
        Assert.ThrowsAny<ArgumentException>(() => Bytes("lone \uD800 surrogate"));

    [Fact]
    public void Everything_else_is_JSON()
    {
        Assert.Equal(new Person("Ada", 36), RoundTrip(new Person("Ada", 36)));
        Assert.Equal((1, "two"), RoundTrip((1, "two")));
        Assert.Equal(double.NaN, RoundTrip(double.NaN));
        Assert.Equal<int>([1, 2], RoundTrip<IReadOnlyList<int>>([1, 2]));
        Assert.Equal(DayOfWeek.Friday, RoundTrip<DayOfWeek?>(DayOfWeek.Friday));
        Assert.Equal(Tuple.Create(1, "a"), RoundTrip(Tuple.Create(1, "a")));
        Assert.Equal(["a"], RoundTrip(new Populated { Items = { "a" } }).Items);
    }

    [Theory]
    [InlineData(typeof(object), "'object' comes back as a JsonElement")]
    [InlineData(typeof(List<object>), "'object' comes back as a JsonElement")]
    [InlineData(typeof(LosesItems), "JSON does not keep 'Items' of 'ProDev.Caching.Tests.CacheSerializersTests+LosesItems'")]
    [InlineData(typeof(LosesPrivate), "JSON does not keep 'Secret' of 'ProDev.Caching.Tests.CacheSerializersTests+LosesPrivate'")]
    [InlineData(typeof(LosesAll), "JSON keeps nothing of 'ProDev.Caching.Tests.CacheSerializersTests+LosesAll'")]
    [InlineData(typeof(Abstract), "'ProDev.Caching.Tests.CacheSerializersTests+Abstract' has no constructor that JSON can use")]
    public void A_type_that_JSON_would_not_give_back_is_not_serialized_and_the_log_says_why(Type type, string reason)
    {
        var (_, fault) = JsonShape.Of(type, JsonMetadata.Complete(null));

        Assert.Equal(reason, fault);
    }

    [Fact]
    public void The_log_names_a_type_without_serializer_once()
    {
        var serializers = new CacheSerializers(null, null, "default", _log);

        Assert.Null(serializers.Find<object>());
        Assert.Null(serializers.Find<object>());

        Assert.Equal(
            "27: The cache 'default' has no serializer for 'System.Object', because 'object' comes back as a JsonElement: such values stay in memory and are shared. " +
            "Register an IHybridCacheSerializer for it, or change the type.",
            Assert.Single(_log.Messages));
    }

    [Fact]
    public void A_value_of_a_derived_class_is_refused_because_JSON_would_cut_it_down() =>
        Assert.Contains("would lose what that adds", Assert.Throws<NotSupportedException>(() => Bytes<Base>(new Derived())).Message, StringComparison.Ordinal);

    [Fact]
    public void Derived_classes_that_JSON_knows_are_kept() => Assert.IsType<Circle>(RoundTrip<Shape>(new Circle { Radius = 2 }));

    [Fact]
    public void The_schema_changes_with_type_and_members_and_not_with_the_process()
    {
        var options = JsonMetadata.Complete(null);

        Assert.Equal(JsonShape.Of(typeof(Person), options), JsonShape.Of(typeof(Person), JsonMetadata.Complete(null)));
        Assert.Contains("3:Age=System.Int32@System.Private.CoreLib", JsonShape.Of(typeof(Person), options).Shape, StringComparison.Ordinal);
        Assert.Contains("5:Other=", JsonShape.Of(typeof(Recursive), options).Shape, StringComparison.Ordinal);
        Assert.NotEqual(Find<int>()!.Schema, Find<long>()!.Schema);
        Assert.Equal(Find<List<int>>()!.Schema, Find<List<int>>()!.Schema);
        Assert.NotEqual(Find<List<int>>()!.Schema, Find<IReadOnlyList<int>>()!.Schema);
    }

    [Fact]
    public void A_registered_serializer_comes_first_then_factories_the_last_one_first()
    {
        var services = new ServiceCollection()
            .AddSingleton<IHybridCacheSerializer<string>>(new Marking<string>(1))
            .AddSingleton<IHybridCacheSerializerFactory>(new MarkingFactory(2))
            .AddSingleton<IHybridCacheSerializerFactory>(new MarkingFactory(3))
            .AddKeyedSingleton<IHybridCacheSerializer<string>>("key", new Marking<string>(4))
            .BuildServiceProvider();

        Assert.Equal<byte>([1], Bytes("x", services));
        Assert.Equal<byte>([3], Bytes(5, services));
        Assert.Equal<byte>([4], Bytes("x", services, "key"));
        Assert.Equal<byte>([3], Bytes(5, services, "key"));
    }

    [Fact]
    public void The_JSON_options_of_the_application_are_used_and_the_last_ones_count()
    {
        var services = new ServiceCollection();
        services.AddProDevCaching().UseJsonSerializer(new JsonSerializerOptions()).UseJsonSerializer(new JsonSerializerOptions(JsonSerializerDefaults.Web));

        Assert.Equal("""{"name":"Ada","age":36}"""u8.ToArray(), Bytes(new Person("Ada", 36), services.BuildServiceProvider()));
    }

    [Fact]
    public void Metadata_of_a_context_is_enough_and_a_type_it_does_not_know_is_not_serialized()
    {
        var services = new ServiceCollection();
        services.AddProDevCaching().UseJsonSerializer(Context.Default.Options);
        var serializers = new CacheSerializers(services.BuildServiceProvider(), null, "default", _log);

        Assert.NotNull(serializers.Find<Person>());
        Assert.Null(serializers.Find<Recursive>());
        Assert.Contains("there is no JSON metadata of 'ProDev.Caching.Tests.CacheSerializersTests+Recursive'", Assert.Single(_log.Messages), StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_arguments_are_refused()
    {
        var builder = new ServiceCollection().AddProDevCaching();

        Assert.Throws<ArgumentNullException>("options", () => builder.UseJsonSerializer(null!));
        Assert.Throws<ArgumentNullException>("builder", () => JsonCachingBuilderExtensions.UseJsonSerializer(null!, new JsonSerializerOptions()));
    }

    private static CacheSerializer<T>? Find<T>(IServiceProvider? services = null, object? key = null) =>
        new CacheSerializers(services, key, "default", NullLogger.Instance).Find<T>();

    private static byte[] Bytes<T>(T value, IServiceProvider? services = null, object? key = null)
    {
        var buffer = new ArrayBufferWriter<byte>();
        Find<T>(services, key)!.Serializer.Serialize(value, buffer);
        return buffer.WrittenSpan.ToArray();
    }

    private static T RoundTrip<T>(T value) => Find<T>()!.Serializer.Deserialize(new ReadOnlySequence<byte>(Bytes(value)));

    public sealed record Person(string Name, int Age);

    public sealed record Recursive(int Id, Recursive? Other);

    public class Base;

    public sealed class Derived : Base;

    public abstract class Abstract;

    [JsonDerivedType(typeof(Circle), "circle")]
    public abstract class Shape;

    public sealed class Circle : Shape
    {
        public int Radius { get; set; }
    }

    public sealed class LosesItems
    {
        public IList<string> Items { get; } = [];
    }

    public sealed class LosesPrivate
    {
        public int Known { get; set; }

        private int Secret { get; set; } = 1;

        public override string ToString() => $"{Secret}";
    }

    public sealed class LosesAll
    {
        private readonly int _value = 1;

        public override string ToString() => $"{_value}";
    }

    [JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)]
    public sealed class Populated
    {
        public IList<string> Items { get; } = [];
    }

    [JsonSerializable(typeof(Person))]
    private sealed partial class Context : JsonSerializerContext;

    private sealed class Marking<T>(byte mark) : IHybridCacheSerializer<T>
    {
        public T Deserialize(ReadOnlySequence<byte> source) => throw new NotSupportedException();

        public void Serialize(T value, IBufferWriter<byte> target) => target.Write([mark]);
    }

    private sealed class MarkingFactory(byte mark) : IHybridCacheSerializerFactory
    {
        public bool TryCreateSerializer<T>(out IHybridCacheSerializer<T> serializer)
        {
            serializer = new Marking<T>(mark);
            return true;
        }
    }
}
