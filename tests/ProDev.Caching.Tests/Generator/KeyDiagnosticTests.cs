using Microsoft.CodeAnalysis;
using static ProDev.Caching.Tests.DiagnosticAssert;

namespace ProDev.Caching.Tests;

/// <summary>What the generator says about parameters and keys.</summary>
public sealed class KeyDiagnosticTests
{
    [Theory]
    [InlineData("int[]", "arrays such as 'int[]' are compared by reference")]
    [InlineData("IReadOnlyList<int>", "the interface 'System.Collections.Generic.IReadOnlyList<int>' does not say how values are compared")]
    [InlineData("List<int>", "the class 'System.Collections.Generic.List<int>' is compared by reference; make it a record of values, or take its values as parameters")]
    [InlineData("Func<int>", "delegates such as 'System.Func<int>' have no value")]
    [InlineData("object", "'object' may be any type")]
    [InlineData("dynamic", "'dynamic' may be any type")]
    [InlineData("Stream", "the class 'System.IO.Stream' is compared by reference; make it a record of values, or take its values as parameters")]
    [InlineData("IAsyncEnumerable<int>", "the interface 'System.Collections.Generic.IAsyncEnumerable<int>' does not say how values are compared")]
    [InlineData("ReadOnlyMemory<char>", "'System.ReadOnlyMemory<char>' is compared by the memory it shows, not by what is in it")]
    [InlineData("System.Collections.Immutable.ImmutableArray<int>", "'System.Collections.Immutable.ImmutableArray<int>' is compared by the memory it shows, not by what is in it")]
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
    [InlineData("Query")]
    [InlineData("Point?")]
    public void Values_can_be_part_of_a_key(string type) => GeneratorHarness.Generate($$"""
        public sealed record Query(string Text, Point? At) { public int Length => Text.Length; public IEnumerable<char> Letters => Text; }
        public record struct Point(double X, double Y);
        public interface ICatalog { [Cached] Task<int> CountAsync({{type}} value, CancellationToken token); }
        """);

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
    [InlineData("IServiceProvider", "a 'System.IServiceProvider' is a tool of the call, and the result does not depend on it. Put [CacheKeyIgnore] on it, or leave it out.")]
    [InlineData("Progress<int>", "a 'System.Progress<int>' is a tool of the call, and the result does not depend on it. Put [CacheKeyIgnore] on it, or leave it out.")]
    [InlineData("Microsoft.Extensions.Logging.ILogger", "a 'Microsoft.Extensions.Logging.ILogger' is a tool of the call, and the result does not depend on it. Put [CacheKeyIgnore] on it, or leave it out.")]
    [InlineData("CancellationToken?", "a token has nothing to do with the result. Declare it as a CancellationToken, which is left out by itself.")]
    public void PDC012_the_parameter_has_no_place_in_a_key(string type, string reason)
    {
        var source = $$"""
            namespace Microsoft.Extensions.Logging { public interface ILogger; }
            public interface ICatalog { [Cached] Task<int> CountAsync({{type}} other); }
            """;
        var finding = Assert.Single(GeneratorHarness.Diagnose(source));

        Assert.Equal("PDC012", finding.Id);
        Assert.Equal("other", GeneratorHarness.TextAt(source, finding.Location));
        Assert.StartsWith("The parameter 'other' of 'ICatalog.CountAsync(", finding.GetMessage(null), StringComparison.Ordinal);
        Assert.EndsWith($"' has no place in a cache key: {reason}", finding.GetMessage(null), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("System.Security.Claims.ClaimsPrincipal")]
    [InlineData("Microsoft.AspNetCore.Http.HttpContext")]
    public void PDC019_the_caller_has_no_place_in_a_key(string type) => AssertFinding(
        $$"""
        namespace Microsoft.AspNetCore.Http { public abstract class HttpContext; }
        public interface ICatalog { [Cached] Task<int> CountAsync({{type}} caller); }
        """,
        "PDC019",
        $"The parameter 'caller' of 'ICatalog.CountAsync({type})' has no place in a cache key: a '{type}' is the caller. " +
        "Take what the result depends on as a parameter, such as the user's id, or name it by [CacheVaryBy<T>].",
        at: "caller");

    [Theory]
    [InlineData("string tenantId", "tenantId", "tenant")]
    [InlineData("Guid currentUser", "currentUser", "user")]
    [InlineData("System.Security.Claims.ClaimsPrincipal caller", "caller", "caller")]
    [InlineData("System.Globalization.CultureInfo culture", "culture", "culture")]
    public void PDC013_what_results_may_depend_on_is_left_out(string parameter, string name, string word)
    {
        var finding = Assert.Single(GeneratorHarness.Diagnose($$"""public interface ICatalog { [Cached] Task<int> CountAsync([CacheKeyIgnore] {{parameter}}); }"""));

        Assert.Equal("PDC013", finding.Id);
        Assert.Equal(DiagnosticSeverity.Warning, finding.Severity);
        Assert.StartsWith($"The parameter '{name}' of 'ICatalog.CountAsync(", finding.GetMessage(null), StringComparison.Ordinal);
        Assert.EndsWith(
            $"' looks like the {word} and is left out of the key: everybody would get what the first caller was given. Remove [CacheKeyIgnore].",
            finding.GetMessage(null),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_tool_may_be_left_out_of_the_key_whatever_its_name() =>
        GeneratorHarness.Generate("public interface ICatalog { [Cached] Task<int> CountAsync([CacheKeyIgnore] Action<string> userLog, [CacheKeyIgnore] int userless); }");

    [Theory]
    [InlineData("Type")]
    [InlineData("Code")]
    [InlineData("Node")]
    [InlineData("Base")]
    [InlineData("Loose")]
    [InlineData("(int, Type)")]
    public void PDC015_a_parameter_without_a_text_keeps_the_results_in_memory(string type) => AssertFinding(
        $$"""
        public sealed record Node(string Text, Node? Next);
        public record Base(int Id);
        public sealed record Loose(string Text) { public bool Equals(Loose? other) => other is not null; public override int GetHashCode() => 0; }
        public sealed class Code(string text) : IEquatable<Code>
        {
            public string Text => text;
            public bool Equals(Code? other) => other?.Text == text;
            public override bool Equals(object? other) => Equals(other as Code);
            public override int GetHashCode() => text.GetHashCode();
        }
        public interface ICatalog { [Cached] Task<int> CountAsync({{type}} value); }
        """,
        "PDC015",
        $"The parameter 'value' of 'ICatalog.CountAsync({(type == "Type" ? "System.Type" : type.Replace("Type", "System.Type", StringComparison.Ordinal))})' is a " +
        $"'{(type == "Type" ? "System.Type" : type.Replace("Type", "System.Type", StringComparison.Ordinal))}', which has no text, so the results stay in this process's memory. " +
        "Use values, tuples or positional records of them to reach the second level.",
        at: "value",
        severity: DiagnosticSeverity.Info);

    [Fact]
    public void PDC016_the_part_of_the_key_cannot_be_seen() => AssertFinding(
        """
        public static class Outer
        {
            private sealed class Tenant : ICacheKeyPart { public string? Current => null; }
            public interface ICatalog { [Cached, CacheVaryBy<Tenant>] Task<int> CountAsync(); }
        }
        """,
        "PDC016",
        "Generated code cannot see 'Outer.Tenant', by which the results of 'Outer.ICatalog.CountAsync()' vary. Make it, and the types around it, internal or public.",
        at: "CacheVaryBy<Tenant>");
}
