using Microsoft.CodeAnalysis;
using static ProDev.Caching.Tests.DiagnosticAssert;

namespace ProDev.Caching.Tests;

public sealed class DiagnosticTests
{
    [Theory]
    [InlineData("public class Outer { private interface ICatalog { [Cached] int Count(); } }", "generated code cannot see it; make it, and the types around it, internal or public")]
    [InlineData("public class Outer<T> { public interface ICatalog { [Cached] int Count(); } }", "it is nested in a generic type; move it out")]
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
    [InlineData("Expiration = \"ten minutes\"", "Expiration is 'ten minutes'; it must be a time greater than zero, written as [d.]hh:mm:ss[.fffffff], for example 00:10:00 for ten minutes.")]
    [InlineData("Expiration = \"30\"", "Expiration is '30'; it must be a time greater than zero, written as [d.]hh:mm:ss[.fffffff], for example 00:10:00 for ten minutes.")]
    [InlineData("Expiration = \"00:00:00\"", "Expiration is '00:00:00'; it must be a time greater than zero, written as [d.]hh:mm:ss[.fffffff], for example 00:10:00 for ten minutes.")]
    [InlineData("LocalExpiration = \"-00:10:00\"", "LocalExpiration is '-00:10:00'; it must be a time greater than zero, written as [d.]hh:mm:ss[.fffffff], for example 00:10:00 for ten minutes.")]
    [InlineData("JitterMaxDuration = \"\"", "JitterMaxDuration is ''; it must be a time of zero or more, written as [d.]hh:mm:ss[.fffffff], for example 00:10:00 for ten minutes.")]
    [InlineData("FailureExpiration = \"00:61:00\"", "FailureExpiration is '00:61:00'; it must be a time of zero or more, written as [d.]hh:mm:ss[.fffffff], for example 00:10:00 for ten minutes.")]
    [InlineData("FactorySoftTimeout = \"00:00:02\", FactoryHardTimeout = \"00:00:02\"", "FactorySoftTimeout is '00:00:02'; it must be shorter than FactoryHardTimeout, which is '00:00:02'.")]
    [InlineData("EagerRefreshThreshold = 1", "EagerRefreshThreshold is '1'; it must lie between 0 and 1, both excluded.")]
    [InlineData("EagerRefreshThreshold = double.NaN", "EagerRefreshThreshold is 'NaN'; it must lie between 0 and 1, both excluded.")]
    [InlineData("Weight = 0", "Weight is '0'; it must be at least 1.")]
    [InlineData("Nulls = (NullCaching)2", "Nulls is '2'; it must be one of Cache, Skip.")]
    [InlineData("Isolation = (ValueIsolation)9", "Isolation is '9'; it must be one of Auto, Share, Copy.")]
    public void PDC003_an_option_is_out_of_range(string option, string fault) => AssertFinding(
        $$"""public interface ICatalog { [Cached({{option}})] Task<int> CountAsync(); }""",
        "PDC003",
        $"An option of 'ICatalog.CountAsync()' is out of range: {fault}",
        at: $"Cached({option})");

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

    [Theory]
    [InlineData("[Cached] Task<int> CountAsync<T>(int id) where T : allows ref struct;", "its type parameter 'T' may be a ref struct, which cannot be stored. Remove 'allows ref struct'.")]
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
        "The method 'ICatalog.CountAsync()' is cached and also replaces or removes cached results: on a hit it would not run, and nothing would change. Split it in two.");

    [Theory]
    [InlineData("List<int>", "System.Collections.Generic.List<int>")]
    [InlineData("int[]", "int[]")]
    [InlineData("object", "object")]
    [InlineData("IEnumerable<int>", "System.Collections.Generic.IEnumerable<int>")]
    [InlineData("Open", "Open")]
    [InlineData("Settable", "Settable")]
    [InlineData("Holder", "Holder")]
    [InlineData("IReadOnlyList<Settable>", "System.Collections.Generic.IReadOnlyList<Settable>")]
    [InlineData("System.Text.StringBuilder", "System.Text.StringBuilder")]
    [InlineData("(int, int[])", "(int, int[])")]
    public void PDC011_the_result_is_not_proven_immutable(string type, string shown) => AssertFinding(
        $$"""
        public class Open { public int Id { get; init; } }
        public sealed record Settable { public int Id { get; set; } }
        public sealed record Holder(IReadOnlyList<int[]> Rows);
        public interface ICatalog { [Cached] Task<{{type}}> FindAsync(); }
        """,
        "PDC011",
        $"'{shown}', the result of 'ICatalog.FindAsync()', is not proven immutable, and callers may share it. " +
        "Make its type immutable, or say Isolation = ValueIsolation.Share (nobody changes it) or ValueIsolation.Copy (everybody gets a copy).",
        at: "Cached",
        severity: DiagnosticSeverity.Warning);

    [Theory]
    [InlineData("[Cached(Isolation = ValueIsolation.Copy)] Task<List<int>> FindAsync();", "ValueIsolation.Copy")]
    [InlineData("[Cached(Isolation = ValueIsolation.Auto)] Task<List<int>> FindAsync();", "ValueIsolation.Auto")]
    [InlineData("[Cached] Task<Declared> FindAsync();", "ValueIsolation.Share")]
    [InlineData("[Cached] Task<IReadOnlyDictionary<string, Node>> FindAsync();", "ValueIsolation.Share")]
    [InlineData("[Cached] Task<System.Collections.Immutable.ImmutableArray<Sealed?>> FindAsync();", "ValueIsolation.Share")]
    [InlineData("[Cached] Task<(int Count, DateTime? At, Uri Where)> FindAsync();", "ValueIsolation.Share")]
    public void A_result_is_shared_when_that_is_proven_or_declared(string method, string isolation) => Assert.Contains(
        isolation,
        GeneratorHarness.Generate($$"""
            [System.ComponentModel.ImmutableObject(true)] public class Declared { public int[]? Numbers; }
            public sealed record Node(string Name, Node? Next) { public IEnumerable<char> Letters => Name; }
            public sealed class Sealed(string text) { private readonly string _text = text; public string Text => _text; }
            public interface ICatalog { {{method}} }
            """),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("Task PutAsync(int id)", "it answers nothing. Return the new value, or use [CacheInvalidates].")]
    [InlineData("Task<string> PutAsync(long id)", "it does not have 'int id' of that method's key. Add the parameters, or use [CacheInvalidates].")]
    [InlineData("Task<int> PutAsync(int id)", "it answers a 'int', and that method a 'string'. Return the same type, or use [CacheInvalidates].")]
    public void PDC014_the_result_cannot_replace_a_cached_one(string method, string reason)
    {
        var finding = Assert.Single(GeneratorHarness.Diagnose($$"""
            public interface ICatalog { [Cached] Task<string> NameAsync(int id); [CachePut(nameof(NameAsync))] {{method}}; }
            """));

        Assert.Equal("PDC014", finding.Id);
        Assert.EndsWith($"' cannot replace a result of 'ICatalog.NameAsync(int)': {reason}", finding.GetMessage(null), StringComparison.Ordinal);
    }

    [Fact]
    public void PDC017_the_decorated_interface_is_not_known() => AssertFinding(
        """
        public interface IStore<T> { [Cached] Task<T> ReadAsync(int id); }
        public static class Registration
        {
            public static void Add<T>(Microsoft.Extensions.DependencyInjection.IServiceCollection services) =>
                Microsoft.Extensions.DependencyInjection.CachingServiceCollectionExtensions.DecorateWithCache<IStore<T>>(services);
        }
        """,
        "PDC017",
        "There is no decorator for 'IStore<T>', because its type arguments are not known here. Call DecorateWithCache for a closed interface, outside of generic code.",
        at: "IStore<T>",
        severity: DiagnosticSeverity.Warning);

    [Fact]
    public void PDC018_the_name_of_the_invalidator_is_taken() => AssertFinding(
        "public interface ICatalogCache; public interface ICatalog { [Cached] Task<int> CountAsync(); }",
        "PDC018",
        "There is a 'ICatalogCache' already, so no interface by that name is written to remove results of 'ICatalog'. Rename it to have one.",
        at: "ICatalog",
        severity: DiagnosticSeverity.Info);

    [Fact]
    public void A_warning_obeys_the_pragma_around_it()
    {
        var findings = GeneratorHarness.Diagnose("""
            public interface ICatalog
            {
            #pragma warning disable PDC011
                [Cached] Task<int[]> FindAsync();
            #pragma warning restore PDC011
                [Cached] Task<int[]> AllAsync();
            }
            """);

        Assert.Equal([true, false], findings.Select(finding => finding.IsSuppressed));
    }

    [Fact]
    public void A_finding_of_an_inherited_method_is_reported_where_the_method_is_declared_only()
    {
        var finding = Assert.Single(GeneratorHarness.Diagnose("""
            public interface IBase { [Cached] Task<int[]> FindAsync(); }
            public interface ICatalog : IBase { [Cached] int Count(); }
            """));

        Assert.Contains("IBase.FindAsync()", finding.GetMessage(null), StringComparison.Ordinal);
    }

    [Fact]
    public void A_closed_interface_is_judged_for_what_closes_it()
    {
        var findings = GeneratorHarness.Diagnose("""
            using Microsoft.Extensions.DependencyInjection;
            public interface IStore<T, TId>
            {
                [Cached] Task<int[]> AllAsync();
                [Cached] Task<T> ReadAsync(TId id);
            }
            public static class Registration
            {
                public static void Add(IServiceCollection services) => services
                    .DecorateWithCache<IStore<string, int>>().DecorateWithCache<IStore<List<int>, int>>().DecorateWithCache<IStore<string, object>>();
            }
            """);

        Assert.Equal(
            [
                ("PDC005", "id"),
                ("PDC011", "IStore<System.Collections.Generic.List<int>, int>.ReadAsync(int)"),
                ("PDC011", "IStore<T, TId>.AllAsync()"),
            ],
            findings.Select(finding => (finding.Id, finding.GetMessage(null).Split('\'')[finding.Id == "PDC005" ? 1 : 3])).Order());
    }

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
}
