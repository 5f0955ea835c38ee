using ProDev.Caching.Internal;

namespace ProDev.Caching.Tests;

public sealed class ValueCopiesTests
{
    private readonly RecordingLogger _log = new();
    private readonly ValueCopies _copies;

    public ValueCopiesTests() => _copies = new ValueCopies(new CacheSerializers(null, null, "default", _log), "default", _log);

    [Fact]
    public void Auto_shares_what_is_proven_immutable_and_copies_the_rest()
    {
        Assert.Null(_copies.For<string>(ValueIsolation.Auto));
        var copier = _copies.For<List<int>>(ValueIsolation.Auto)!;
        List<int> value = [1, 2];

        Assert.True(copier.TryCapture(value, out var bytes));
        value.Add(3);

        Assert.Equal([1, 2], copier.Restore(bytes));
        Assert.NotSame(copier.Restore(bytes), copier.Restore(bytes));
    }

    [Fact]
    public void Null_is_copied_as_null()
    {
        var copier = _copies.For<List<int>?>(ValueIsolation.Auto)!;

        Assert.True(copier.TryCapture(null, out var bytes));
        Assert.Null(copier.Restore(bytes));
    }

    [Fact]
    public void Share_shares_everything_and_Copy_copies_everything()
    {
        Assert.Null(_copies.For<List<int>>(ValueIsolation.Share));
        Assert.NotNull(_copies.For<string>(ValueIsolation.Copy));
    }

    [Fact]
    public void A_value_of_an_immutable_class_that_can_be_derived_from_is_shared_and_one_derived_from_it_is_not_trusted()
    {
        var copier = _copies.For<Open>(ValueIsolation.Auto)!;

        Assert.False(copier.TryCapture(new Open(1), out _));
        Assert.Empty(_log.Messages);
        Assert.True(_copies.For<Open>(ValueIsolation.Copy)!.TryCapture(new Open(1), out _));
    }

    [Fact]
    public void Under_Auto_a_value_that_cannot_be_serialized_is_shared_and_the_log_says_so()
    {
        var circle = new Circular();
        circle.Other = circle;

        Assert.Null(_copies.For<object>(ValueIsolation.Auto));
        Assert.False(_copies.For<Circular>(ValueIsolation.Auto)!.TryCapture(circle, out _));

        Assert.StartsWith("27: ", _log.Messages[0], StringComparison.Ordinal);
        Assert.Equal("26: The cache 'default' cannot serialize a value of the type 'ProDev.Caching.Tests.ValueCopiesTests+Circular'.", _log.Messages[1]);
    }

    [Fact]
    public void Copies_that_were_asked_for_and_cannot_be_made_are_an_error()
    {
        var circle = new Circular();
        circle.Other = circle;

        var missing = Assert.Throws<InvalidOperationException>(() => _copies.For<object>(ValueIsolation.Copy));

        Assert.Equal(
            "The cache is to copy values of the type 'System.Object' and has no serializer for it. Register an IHybridCacheSerializer<Object>, add its JSON " +
            "metadata with UseJsonSerializer, or set Isolation to 'Share'.",
            missing.Message);
        Assert.Throws<System.Text.Json.JsonException>(() => _copies.For<Circular>(ValueIsolation.Copy)!.TryCapture(circle, out _));
    }

    public record Open(int Value);

    public sealed class Circular
    {
        public Circular? Other { get; set; }
    }
}
