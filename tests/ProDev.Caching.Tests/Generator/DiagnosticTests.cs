using Microsoft.CodeAnalysis;

namespace ProDev.Caching.Tests;

public sealed class DiagnosticTests
{
    [Fact]
    public void PDC001_a_generic_interface_cannot_be_decorated() => AssertFinding(
        "public interface ICatalog<T> { [Cached] Task<int> CountAsync(); }",
        "PDC001",
        "The interface 'ICatalog<T>' cannot be decorated: it is generic; mark the methods of a closed interface that inherits from it instead");

    [Theory]
    [InlineData("public class Outer { private interface ICatalog { [Cached] int Count(); } }", "generated code cannot see it; make it, and the types around it, internal or public")]
    [InlineData("file interface ICatalog { [Cached] int Count(); }", "generated code cannot see it; make it, and the types around it, internal or public")]
    [InlineData("public interface ICatalog { [Cached] int Count(); static abstract int Zero(); }", "its static member 'Zero' has no implementation that a decorator could pass calls to")]
    [InlineData("public interface ICatalog { [Cached] int Count(); int Zero { get; init; } }", "its property 'Zero' has an init accessor, and a decorator is not the object being initialized; use set or drop the accessor")]
    [InlineData("public interface ICatalog { [Cached] int Count(); protected int Zero() => 0; }", "its member 'Zero' is protected, and a decorator cannot call it")]
    [InlineData("public interface ICatalog { [Cached] int Count(); int Zero { get => 0; protected set { } } }", "an accessor of its property 'Zero' is not public, and a decorator cannot call it")]
    public void PDC001_names_what_stands_in_the_way(string source, string reason)
    {
        var finding = Assert.Single(GeneratorHarness.Diagnose(source));

        Assert.Equal("PDC001", finding.Id);
        Assert.EndsWith(reason, finding.GetMessage(null), StringComparison.Ordinal);
    }

    [Fact]
    public void PDC002_the_attribute_stands_on_a_class() => AssertFinding(
        "public class Catalog { [Cached] public Task<int> CountAsync() => Task.FromResult(1); }",
        "PDC002",
        "[Cached] has no effect on 'Catalog.CountAsync()': decorators are generated for interfaces. Put it on the method of the interface that the service is registered as.",
        at: "Cached");

    [Theory]
    [InlineData("public class Catalog { [CacheInvalidates(Tags = [\"a\"])] public void Clear() { } }")]
    [InlineData("public interface ICatalog { int Count { [Cached] get; } }")]
    [InlineData("public interface ICatalog { [Cached] static int Count() => 0; }")]
    [InlineData("public class Catalog { public void Run() { [Cached] int Count() => 0; Count(); } }")]
    public void PDC002_is_reported_wherever_no_decorator_is_made(string source) =>
        Assert.Equal("PDC002", Assert.Single(GeneratorHarness.Diagnose(source)).Id);

    [Theory]
    [InlineData("ten minutes")]
    [InlineData("30")]
    [InlineData("00:00:00")]
    [InlineData("-00:10:00")]
    [InlineData("")]
    [InlineData("00:61:00")]
    public void PDC003_the_expiration_is_no_positive_time(string expiration) => AssertFinding(
        $$"""public interface ICatalog { [Cached(Expiration = "{{expiration}}")] Task<int> CountAsync(); }""",
        "PDC003",
        $"The expiration '{expiration}' of 'ICatalog.CountAsync()' is no time greater than zero. Write it as [d.]hh:mm:ss[.fffffff], for example 00:10:00 for ten minutes.",
        at: $"Cached(Expiration = \"{expiration}\")");

    [Theory]
    [InlineData("country:{land}", "there is no parameter 'land'. Parameters: 'country', 'list', 'log'.")]
    [InlineData("country:{country", "its brace at position 9 has no counterpart. Write '{{' for the character itself.")]
    [InlineData("country:country}", "its brace at position 16 has no counterpart. Write '}}' for the character itself.")]
    [InlineData("", "it is empty.")]
    [InlineData("*", "'*' means every entry. Use another name.")]
    [InlineData("{country}", "an argument alone could be empty or '*', which means every entry. Add text, as in 'name:{parameter}'.")]
    [InlineData("*{country}", "an argument alone could be empty or '*', which means every entry. Add text, as in 'name:{parameter}'.")]
    [InlineData("log:{log}", "the parameter 'log' is not part of the key, so calls that share a result would differ in this tag.")]
    [InlineData("list:{list}", "the type 'Codes' of the parameter 'list' has no text of its own. Use a string, a number, a date, an enum or another IFormattable.")]
    public void PDC004_the_tag_cannot_be_written(string tag, string reason) => AssertFinding(
        $$"""
        public sealed record Codes(string First, string Second);
        public interface ICatalog { [Cached(Tags = ["{{tag}}"])] Task<int> CountAsync(string country, Codes list, [CacheKeyIgnore] string log); }
        """,
        "PDC004",
        $"The tag '{tag}' of 'ICatalog.CountAsync(string, Codes, string)' cannot be written: {reason}");

    [Theory]
    [InlineData("int[]", "arrays such as 'int[]' are compared by reference")]
    [InlineData("IReadOnlyList<int>", "the interface 'System.Collections.Generic.IReadOnlyList<int>' does not say how values are compared")]
    [InlineData("List<int>", "the class 'System.Collections.Generic.List<int>' is compared by reference; make it a record of values, or take its values as parameters")]
    [InlineData("Func<int>", "delegates such as 'System.Func<int>' have no value")]
    [InlineData("object", "'object' may be any type")]
    [InlineData("dynamic", "'dynamic' may be any type")]
    [InlineData("Stream", "the class 'System.IO.Stream' is compared by reference; make it a record of values, or take its values as parameters")]
    [InlineData("IServiceProvider", "the interface 'System.IServiceProvider' does not say how values are compared")]
    [InlineData("IAsyncEnumerable<int>", "the interface 'System.Collections.Generic.IAsyncEnumerable<int>' does not say how values are compared")]
    [InlineData("ReadOnlyMemory<char>", "'System.ReadOnlyMemory<char>' is compared by the memory it shows, not by what is in it")]
    [InlineData("System.Collections.Immutable.ImmutableArray<int>", "'System.Collections.Immutable.ImmutableArray<int>' is compared by the memory it shows, not by what is in it")]
    [InlineData("CancellationToken?", "a token has nothing to do with the result; declare it as a CancellationToken, which is left out by itself")]
    [InlineData("(int, int[])", "arrays such as 'int[]' are compared by reference")]
    [InlineData("Mutable", "'Mutable' can change after the call: 'Id' can be set; make it init-only")]
    [InlineData("Holder", "its member 'Ids' is compared, too, and the class 'System.Collections.Generic.List<int>' is compared by reference; make it a record of values, or take its values as parameters")]
    [InlineData("Pair", "the struct 'Pair' does not implement IEquatable<Pair>, so that comparing it allocates; make it a record struct")]
    public void PDC005_the_parameter_cannot_be_part_of_a_key(string type, string reason)
    {
        var finding = Assert.Single(GeneratorHarness.Diagnose($$"""
            public sealed record Mutable { public int Id { get; set; } }
            public readonly record struct Holder(List<int> Ids);
            public struct Pair { public int Left, Right; }
            public interface ICatalog { [Cached] Task<int> CountAsync(int id, {{type}} other); }
            """));

        Assert.Equal("PDC005", finding.Id);
        Assert.StartsWith("The parameter 'other' of 'ICatalog.CountAsync(int, ", finding.GetMessage(null), StringComparison.Ordinal);
        Assert.EndsWith(
            $"' cannot be part of a cache key: {reason}. If the result does not depend on it, put [CacheKeyIgnore] on it.",
            finding.GetMessage(null),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("string?")]
    [InlineData("decimal")]
    [InlineData("DayOfWeek?")]
    [InlineData("Guid")]
    [InlineData("DateTimeOffset")]
    [InlineData("(int Id, string? Name)")]
    [InlineData("Uri")]
    [InlineData("Type")]
    [InlineData("Query")]
    [InlineData("Point?")]
    [InlineData("Code")]
    public void Values_can_be_part_of_a_key(string type) => GeneratorHarness.Generate($$"""
        public sealed record Query(string Text, Point? At, Query? Next) { public int Length => Text.Length; public IEnumerable<char> Letters => Text; }
        public record struct Point(double X, double Y);
        public sealed class Code(string text) : IEquatable<Code>
        {
            public string Text => text;
            public bool Equals(Code? other) => other?.Text == text;
            public override bool Equals(object? other) => Equals(other as Code);
            public override int GetHashCode() => text.GetHashCode();
        }
        public interface ICatalog { [Cached] Task<int> CountAsync({{type}} value, CancellationToken token); }
        """);

    [Theory]
    [InlineData("void", "there is none. Remove [Cached], or return what the method finds out.")]
    [InlineData("Task", "there is none. Remove [Cached], or return what the method finds out.")]
    [InlineData("ValueTask", "there is none. Remove [Cached], or return what the method finds out.")]
    [InlineData("ref int", "it is returned by reference. Return a value.")]
    [InlineData("IAsyncEnumerable<int>", "it is read after the method has returned, and by one caller. Return a list.")]
    [InlineData("Task<IAsyncEnumerable<int>>", "a 'System.Collections.Generic.IAsyncEnumerable<int>' is read after the method has returned, and by one caller. Return a list.")]
    [InlineData("IQueryable<int>", "a 'System.Linq.IQueryable<int>' is a query, which would run again for each caller. Return a list of what it finds.")]
    [InlineData("Task<Stream>", "a 'System.IO.Stream' is disposed by whoever gets it, and the next caller would get it disposed. Return what it holds.")]
    [InlineData("ReadOnlySpan<char>", "a 'System.ReadOnlySpan<char>' cannot be stored. Return an array or a list.")]
    [InlineData("Task<Task<int>>", "a 'System.Threading.Tasks.Task<int>' is not the value yet. Await it inside the method.")]
    public void PDC006_the_result_cannot_be_cached(string type, string reason) => AssertFinding(
        $$"""public interface ICatalog { [Cached] {{type}} Count(); }""",
        "PDC006",
        $"The result of 'ICatalog.Count()' cannot be cached: {reason}",
        at: "Count");

    [Theory]
    [InlineData("[Cached] Task<int> CountAsync(); [Cached] int Size();", "'CountAsync', 'Size'")]
    [InlineData("Task<int> CountAsync();", "none")]
    public void PDC007_there_is_no_cached_method_of_this_name(string others, string known) => AssertFinding(
        $$"""public interface ICatalog { {{others}} [CacheInvalidates("Missing")] void Clear(); }""",
        "PDC007",
        $"'ICatalog.Clear()' is to remove the results of 'Missing', but 'ICatalog' has no method of that name with [Cached]. Cached methods: {known}.");

    [Fact]
    public void PDC008_neither_the_key_nor_a_tag_can_be_made() => AssertFinding(
        """
        public interface ICatalog
        {
            [Cached(Tags = ["country:{country}"])] Task<int> CountAsync(string country, int size);
            [CacheInvalidates(nameof(CountAsync))] void Clear(long size);
        }
        """,
        "PDC008",
        "It is not known which results 'ICatalog.Clear(long)' is to remove: the key of 'ICatalog.CountAsync' needs 'string country', 'int size', " +
        "which it does not have, and no tag of that method can be written with its parameters. Add the parameters, or name tags in [CacheInvalidates(..., Tags = [...])].");

    [Fact]
    public void PDC008_the_attribute_names_nothing() => AssertFinding(
        "public interface ICatalog { [Cached] int Count(); [CacheInvalidates] void Clear(); }",
        "PDC008",
        "It is not known which results 'ICatalog.Clear()' is to remove: the attribute names neither a cached method nor a tag.");

    [Theory]
    [InlineData("[Cached] Task<T> FindAsync<T>(int id);", "it is generic, and its results would need a store for each type argument. Add a method for each type, and cache those.")]
    [InlineData("[Cached] int Find(ref int id);", "its parameter 'id' is passed by reference, and a call that is shared cannot hold it. Take a value instead.")]
    [InlineData("[Cached] int Find(out int id);", "its parameter 'id' is passed by reference, and a call that is shared cannot hold it. Take a value instead.")]
    [InlineData("[Cached] int Find(in int id);", "its parameter 'id' is passed by reference, and a call that is shared cannot hold it. Take a value instead.")]
    [InlineData("[Cached] int Find(ReadOnlySpan<char> id);", "its parameter 'id' is a ref struct, and a call that is shared cannot hold it. Take a value instead.")]
    [InlineData("[CacheInvalidates(Tags = [\"a\"])] IAsyncEnumerable<int> Clear();", "its work goes on after it has returned, so there is no moment to remove results. Return a Task or a ValueTask.")]
    [InlineData("[CacheInvalidates(Tags = [\"a\"])] ref int Clear();", "it returns by reference.")]
    [InlineData("[CacheInvalidates(Tags = [\"a\"])] Task ClearAsync(ReadOnlySpan<char> id);", "it is asynchronous and has a parameter that an asynchronous method cannot have. Take a value instead.")]
    public void PDC009_the_method_cannot_be_wrapped(string method, string reason)
    {
        var finding = Assert.Single(GeneratorHarness.Diagnose($"public interface ICatalog {{ {method} }}"));

        Assert.Equal("PDC009", finding.Id);
        Assert.EndsWith($"' cannot be wrapped: {reason}", finding.GetMessage(null), StringComparison.Ordinal);
    }

    [Fact]
    public void PDC010_a_method_cannot_be_cached_and_remove_results() => AssertFinding(
        "public interface ICatalog { [Cached, CacheInvalidates(Tags = [\"a\"])] Task<int> CountAsync(); }",
        "PDC010",
        "The method 'ICatalog.CountAsync()' has both [Cached] and [CacheInvalidates]: on a hit it would not run, and nothing would be removed. Split it in two.");

    [Fact]
    public void Every_fault_of_an_interface_is_reported()
    {
        var findings = GeneratorHarness.Diagnose("""
            public interface ICatalog
            {
                [Cached(Expiration = "soon", Tags = ["{"])] Task<int> CountAsync(int[] ids, object other);
                [CacheInvalidates("Missing")] void Clear();
            }
            """);

        Assert.Equal(["PDC003", "PDC004", "PDC005", "PDC005", "PDC007"], findings.Select(finding => finding.Id).Order(StringComparer.Ordinal));
    }

    private static void AssertFinding(string source, string id, string message, string? at = null)
    {
        var finding = Assert.Single(GeneratorHarness.Diagnose(source));

        Assert.Equal(id, finding.Id);
        Assert.Equal(message, finding.GetMessage(null));
        Assert.Equal(DiagnosticSeverity.Error, finding.Severity);
        Assert.Equal($"docs/diagnostics/{id}.md", finding.Descriptor.HelpLinkUri);
        if (at is not null)
            Assert.Equal(at, GeneratorHarness.TextAt(source, finding.Location));
    }
}
