using Microsoft.CodeAnalysis;

namespace ProDev.Retry.Tests;

/// <summary>One case for each diagnostic: id, severity, place, the whole message, and what happens to the decorator.</summary>
public sealed class DiagnosticTests
{
    [Fact]
    public void PDR001_WhenTheAttributeStandsOnAClass() => AssertSingle(
        "public class Catalog { [Retry] public int Get() => 1; }",
        "PDR001",
        "[Retry] stands on 'Catalog.Get()', which is not an instance method of an interface, so it has no effect. " +
        "Move it to the method's declaration in the interface.",
        "Retry");

    [Fact]
    public void PDR002_WhenTheInterfaceCannotBeDecorated() => AssertSingle(
        "public interface ICatalog<T> { [Retry, Idempotent] int Get(); }",
        "PDR002",
        "ProDev.Retry cannot decorate 'ICatalog<T>': it is generic; mark the methods of a closed interface that inherits from it instead.",
        "ICatalog");

    [Fact]
    public void PDR003_WhenNothingSaysThatTheMethodMayRunTwice() => AssertSingle(
        "public interface ICatalog { [Retry] Task PayAsync(CancellationToken ct); }",
        "PDR003",
        "'ICatalog.PayAsync' is retried, but nothing says that it may run twice: an attempt that seems to fail may have succeeded. " +
        "Add [Idempotent] if a repetition is harmless, or drop [Retry].",
        "Retry",
        DiagnosticSeverity.Warning);

    [Theory]
    [InlineData("BaseDelay", "soon", "from zero to 24.20:31:23.647")]
    // Thirty days, says the constant format; thirty seconds, thinks the reader.
    [InlineData("BaseDelay", "30", "from zero to 24.20:31:23.647")]
    [InlineData("BaseDelay", "", "from zero to 24.20:31:23.647")]
    [InlineData("BaseDelay", "-00:00:01", "from zero to 24.20:31:23.647")]
    [InlineData("MaxDelay", "25.00:00:00", "from zero to 24.20:31:23.647")]
    [InlineData("MaxDelay", "00:99:00", "from zero to 24.20:31:23.647")]
    [InlineData("Deadline", "00:00:00", "above zero")]
    [InlineData("Deadline", "1h", "above zero")]
    public void PDR004_WhenADurationIsMalformedOrOutOfRange(string name, string value, string allowed) => AssertSingle(
        $$"""public interface ICatalog { [Retry({{name}} = "{{value}}"), Idempotent] int Get(); }""",
        "PDR004",
        $"'ICatalog.Get' has {name} = \"{value}\", which is no duration that is allowed here. Write it as \"hh:mm:ss\" or \"hh:mm:ss.fff\", {allowed}.",
        $"Retry({name} = \"{value}\")");

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void PDR005_WhenMaxAttemptsIsBelowOne(int attempts) => AssertSingle(
        $$"""public interface ICatalog { [Retry(MaxAttempts = {{attempts}}), Idempotent] int Get(); }""",
        "PDR005",
        $"'ICatalog.Get' has MaxAttempts = {attempts}, but at least 1 is needed. It counts all attempts, the first included.",
        $"Retry(MaxAttempts = {attempts})");

    [Fact]
    public void PDR006_WhenAPolicyIsCombinedWithOtherSettings() => AssertSingle(
        """public interface ICatalog { [Retry(Policy = "reads", MaxAttempts = 3, BaseDelay = "00:00:01"), Idempotent] int Get(); }""",
        "PDR006",
        "'ICatalog.Get' takes the policy \"reads\" and sets BaseDelay, MaxAttempts as well. Set them where the policy is registered, or drop Policy.",
        "Retry(Policy = \"reads\", MaxAttempts = 3, BaseDelay = \"00:00:01\")");

    [Fact]
    public void PDR007_WhenAnAsynchronousMethodTakesNoToken() => AssertSingle(
        "public interface ICatalog { [Retry, Idempotent] Task<int> GetAsync(); }",
        "PDR007",
        "'ICatalog.GetAsync' takes no CancellationToken, so its callers can stop neither an attempt nor the delay between two. " +
        "Add one as the last parameter.",
        "Retry",
        DiagnosticSeverity.Warning);

    [Theory]
    [InlineData("ref int value", "is passed by reference")]
    [InlineData("in int value", "is passed by reference")]
    [InlineData("out int value", "is an out parameter")]
    [InlineData("ReadOnlySpan<byte> value", "is a 'System.ReadOnlySpan<byte>', which lives on the stack only")]
    public void PDR008_WhenAParameterCannotBeKept(string parameter, string problem) => AssertSingle(
        $$"""public interface ICatalog { [Retry, Idempotent] int Get({{parameter}}); }""",
        "PDR008",
        $"'ICatalog.Get' cannot be retried: its parameter 'value' {problem}, and the value could not be kept for another attempt. " +
        "Pass it by value, or drop [Retry].",
        "Retry");

    [Fact]
    public void PDR008_WhenATypeParameterMayBeAStackOnlyType() => AssertSingle(
        "public interface ICatalog { [Retry, Idempotent] int Get<T>(T value) where T : allows ref struct; }",
        "PDR008",
        "'ICatalog.Get' cannot be retried: its parameter 'value' may be a type that lives on the stack only, and the value could not be kept for another attempt. " +
        "Pass it by value, or drop [Retry].",
        "Retry");

    [Theory]
    [InlineData("IAsyncEnumerable<int>", "an IAsyncEnumerable does its work while it is enumerated, after the method has returned")]
    [InlineData("ref readonly int", "a result by reference cannot be passed on by a policy")]
    [InlineData("Span<byte>", "a 'System.Span<byte>' lives on the stack only")]
    public void PDR009_WhenTheResultCannotBeRetried(string type, string reason) => AssertSingle(
        $$"""public interface ICatalog { [Retry, Idempotent] {{type}} Get(); }""",
        "PDR009",
        $"'ICatalog.Get' cannot be retried: {reason}. Return a value, Task or ValueTask, or drop [Retry].",
        "Retry");

    [Theory]
    [InlineData("00:00:00")]
    [InlineData("2")]
    [InlineData("")]
    [InlineData("25.00:00:00")]
    public void PDR004_WhenATimeoutIsMalformedOrOutOfRange(string value) => AssertSingle(
        $$"""public interface ICatalog { [Timeout("{{value}}")] Task GetAsync(CancellationToken ct); }""",
        "PDR004",
        $"'ICatalog.GetAsync' has Timeout = \"{value}\", which is no duration that is allowed here. Write it as \"hh:mm:ss\" or \"hh:mm:ss.fff\", above zero and at most 24.20:31:23.647.",
        $"Timeout(\"{value}\")");

    [Fact]
    public void PDR006_WhenAPolicyIsCombinedWithOtherAttributes() => AssertSingle(
        """public interface ICatalog { [Retry(Policy = "reads"), Timeout("00:00:01"), CircuitBreaker("db"), Idempotent] Task GetAsync(CancellationToken ct); }""",
        "PDR006",
        "'ICatalog.GetAsync' takes the policy \"reads\" and sets CircuitBreaker, Timeout as well. Set them where the policy is registered, or drop Policy.",
        "Retry(Policy = \"reads\")");

    [Theory]
    [InlineData("Task GetAsync()")]
    [InlineData("int Get()")]
    public void PDR011_WhenATimeoutStandsOnAMethodWithoutAToken(string method) => AssertSingle(
        $$"""public interface ICatalog { [Timeout("00:00:01")] {{method}}; }""",
        "PDR011",
        $"'ICatalog.{method.Split(' ', '(')[1]}' has a [Timeout] and takes no CancellationToken, so nothing could end the attempt. Add one as the last parameter, or drop [Timeout].",
        "Timeout(\"00:00:01\")");

    [Fact]
    public void PDR012_WhenAnAttemptMayTakeAllOfTheDeadline() => AssertSingle(
        """public interface ICatalog { [Retry(Deadline = "00:00:02"), Timeout("00:00:02"), Idempotent] Task GetAsync(CancellationToken ct); }""",
        "PDR012",
        "'ICatalog.GetAsync' has a [Timeout] of \"00:00:02\", but Deadline = \"00:00:02\": no second attempt could ever start. Shorten it, or raise Deadline.",
        "Retry(Deadline = \"00:00:02\")");

    [Fact]
    public void PDR010_WhenTheDelaysContradictEachOther() => AssertSingle(
        """public interface ICatalog { [Retry(BaseDelay = "00:00:02", MaxDelay = "00:00:01"), Idempotent] int Get(); }""",
        "PDR010",
        "'ICatalog.Get' has BaseDelay = \"00:00:02\", which is longer than MaxDelay = \"00:00:01\". Shorten it, or raise MaxDelay.",
        "Retry(BaseDelay = \"00:00:02\", MaxDelay = \"00:00:01\")");

    [Fact]
    public void AllFindingsAreReportedTogether_WhenAnInterfaceHasSeveral()
    {
        var run = GeneratorRun.Of(Usings + """
            public interface ICatalog
            {
                [Retry(MaxAttempts = 0)] int Get(out int value);
                [Retry(Deadline = "x")] IAsyncEnumerable<int> All();
            }
            """);

        Assert.Equal(["PDR003", "PDR003", "PDR004", "PDR005", "PDR008", "PDR009"], run.Diagnostics.Select(d => d.Id).Order(StringComparer.Ordinal));
        Assert.Empty(run.Files);
    }

    [Fact]
    public void NothingIsReportedTwice_WhenAMarkedMethodIsInherited()
    {
        var run = GeneratorRun.Of(Usings + """
            public interface IBase { [Retry] int Get(); }
            public interface IDerived : IBase { [Retry, Idempotent] int Other(); }
            """);

        Assert.Equal("PDR003", Assert.Single(run.Diagnostics).Id);
        Assert.Equal(2, run.Files.Count);
    }

    [Fact]
    public void EachIdHasItsPageAndItsReleaseNote()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root!.FullName, "ProDev.Lib.sln")))
            root = root.Parent;
        var released = File.ReadAllText(Path.Combine(root.FullName, "src/ProDev.Retry.SourceGenerators/AnalyzerReleases.Unshipped.md"));

        foreach (var number in Enumerable.Range(1, 10))
        {
            var id = $"PDR{number:000}";
            Assert.Contains($"{id} | ProDev.Retry |", released, StringComparison.Ordinal);
            Assert.StartsWith($"# {id}: ", File.ReadAllText(Path.Combine(root.FullName, $"docs/diagnostics/{id}.md")), StringComparison.Ordinal);
        }
    }

    private const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.Threading;
        using System.Threading.Tasks;
        using ProDev.Retry;

        """;

    private static void AssertSingle(
        string source, string id, string message, string place, DiagnosticSeverity severity = DiagnosticSeverity.Error)
    {
        var run = GeneratorRun.Of(Usings + source);

        var diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal(id, diagnostic.Id);
        Assert.Equal(message, diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(severity, diagnostic.Severity);
        Assert.Equal($"docs/diagnostics/{id}.md", diagnostic.Descriptor.HelpLinkUri);
        Assert.Equal(place, (Usings + source).Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length));
        Assert.Equal(severity == DiagnosticSeverity.Error ? 0 : 1, run.Files.Count);
        Assert.Empty(run.CompilerErrors);
    }
}
