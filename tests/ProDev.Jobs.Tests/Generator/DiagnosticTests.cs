using Microsoft.CodeAnalysis;
using ProDev.Jobs.SourceGenerators;

namespace ProDev.Jobs.Tests;

/// <summary>Each diagnostic: when it is reported, and its whole message.</summary>
public sealed class DiagnosticTests
{
    private const string Run = "public Task RunAsync(Args args, JobContext context, CancellationToken cancellationToken) => Task.CompletedTask;";
    private const string Args = "public sealed record Args(int Id);";
    private const string NameRule = "Allowed are 1 to 128 of: letters A-Z and a-z, digits, '.', '-', '_'; the first one a letter or digit.";

    [Fact]
    public void PDJ001_IsReported_WhenTheClassImplementsNoJob() => AssertFinding(
        "[Job(\"a\")] public sealed class Import { }",
        "PDJ001",
        "The class 'Import' carries [Job] but implements none of IJob<TArgs> and IJob<TArgs, TResult>. Implement one of them, for one argument type.");

    [Fact]
    public void PDJ001_IsReported_WhenTheClassImplementsTwoJobs() => AssertFinding(
        $$"""
        {{Args}} public sealed record More(int Id);
        [Job("a")] public sealed class Import : IJob<Args>, IJob<More>
        {
            {{Run}} {{Run.Replace("Args args", "More args", StringComparison.Ordinal)}}
        }
        """,
        "PDJ001",
        "The class 'Import' carries [Job] but implements 2 of IJob<TArgs> and IJob<TArgs, TResult>. Implement one of them, for one argument type.");

    [Theory]
    [InlineData("public abstract class Import : IJob<Args>", "abstract")]
    [InlineData("public sealed class Import<T> : IJob<Args>", "generic")]
    public void PDJ002_IsReported_WhenTheClassCannotBeCreated(string declaration, string kind)
    {
        Diagnostic finding = Assert.Single(GeneratorHarness.Diagnose($"{Args} [Job(\"a\")] {declaration} {{ {Run} }}"));

        Assert.Equal("PDJ002", finding.Id);
        Assert.EndsWith(
            $"' is {kind}, so no worker can create it. Put [Job] on a concrete, non-generic class that is not nested in a generic one.",
            finding.GetMessage(null), StringComparison.Ordinal);
    }

    [Fact]
    public void PDJ002_IsReported_WhenTheClassIsStatic()
        => Assert.Contains(GeneratorHarness.Diagnose("[Job(\"a\")] public static class Import { }"), d => d.Id == "PDJ002");

    [Theory]
    [InlineData("")]
    [InlineData("has space")]
    [InlineData(".starts.with.dot")]
    [InlineData("größe")]
    [InlineData("a/b")]
    public void PDJ003_IsReported_WhenTheNameIsMalformed(string name) => AssertFinding(
        Job($"Job(\"{name}\")"), "PDJ003", $"The job name '{name}' is malformed. {NameRule}");

    [Fact]
    public void PDJ003_IsReported_WhenTheNameIsTooLong()
        => Assert.Equal("PDJ003", Assert.Single(GeneratorHarness.Diagnose(Job($"Job(\"{new string('a', 129)}\")"))).Id);

    [Fact]
    public void PDJ004_IsReported_WhenTwoJobsHaveTheSameName() => AssertFinding(
        $$"""
        {{Args}}
        [Job("same")] public sealed class First : IJob<Args> { {{Run}} }
        [Job("same")] public sealed class Second : IJob<Args> { {{Run}} }
        """,
        "PDJ004",
        "The job name 'same' is used by 'First' and by 'Second'. A stored job could not tell which one to run; give one of them another name.");

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    public void PDJ005_IsReported_WhenThereIsNoAttempt(int attempts) => AssertFinding(
        Job($"Job(\"a\", MaxAttempts = {attempts})"), "PDJ005",
        $"The job 'Import' has MaxAttempts = {attempts}, but the first attempt counts too. Set it to 1 (no retry) or more.");

    [Theory]
    [InlineData("private Import() { }", ". Make one internal or public.")]
    [InlineData("public Import(ref int number) { }", ": a parameter is passed by ref or out. Take services by value.")]
    [InlineData("public required string Path { get; init; }", ": it has required members, which the container does not set. Take them as constructor parameters.")]
    public void PDJ006_IsReported_WhenNoConstructorCanBeCalled(string member, string why) => AssertFinding(
        $"{Args} [Job(\"a\")] public sealed class Import : IJob<Args> {{ {member} {Run} }}", "PDJ006",
        $"The job 'Import' has no public or internal constructor that generated code can call{why}");

    [Theory]
    [InlineData("IDisposable", "it is an interface, and JSON does not say what to create")]
    [InlineData("Action", "it is a delegate")]
    [InlineData("MemoryStream", "it is a stream")]
    [InlineData("object", "it is of type object, which would come back as JSON text")]
    [InlineData("Shape", "it is abstract, and no [JsonDerivedType] says what to create")]
    [InlineData("Upload", "its property 'Content' is a stream")]
    [InlineData("(int Id, string Name)", "it is a tuple, whose elements are fields, which JSON leaves out")]
    [InlineData("List<(int, int)>", "it is a collection of tuples, whose elements are fields, which JSON leaves out")]
    [InlineData("(int, int)[]", "it is a collection of tuples, whose elements are fields, which JSON leaves out")]
    [InlineData("Place", "its property 'Point' is a tuple, whose elements are fields, which JSON leaves out")]
    public void PDJ007_IsReported_WhenTheArgumentsCannotBeStored(string type, string why)
    {
        Diagnostic finding = Assert.Single(GeneratorHarness.Diagnose(JobWithArgs(type)));

        Assert.Equal("PDJ007", finding.Id);
        Assert.EndsWith(
            $"', which cannot be stored as JSON: {why}. Use a record of plain data; pass the key of anything else.", finding.GetMessage(null),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("int")]
    [InlineData("string")]
    [InlineData("Guid[]")]
    [InlineData("IReadOnlyList<string>")]
    [InlineData("Known")]
    [InlineData("Guarded")]
    public void NothingIsReported_WhenTheArgumentsCanBeStored(string type) => GeneratorHarness.Generate(JobWithArgs(type));

    [Theory]
    [InlineData("private sealed class Import : IJob<Outer.Args>", "public sealed record Args(int Id);", "Outer.Import")]
    [InlineData("public sealed class Import : IJob<Outer.Args>", "private sealed record Args(int Id);", "Outer.Args")]
    public void PDJ008_IsReported_WhenGeneratedCodeCannotSeeAType(string job, string args, string hidden)
    {
        string run = Run.Replace("public Task RunAsync", "Task IJob<Outer.Args>.RunAsync", StringComparison.Ordinal);

        AssertFinding(
            $"public class Outer {{ {args} [Job(\"a\")] {job} {{ {run} }} }}", "PDJ008",
            $"The job 'Outer.Import' cannot be registered because '{hidden}' is private, protected or file-local. Make it internal or public.");
    }

    [Fact]
    public void PDJ009_IsReported_WhenTheQueueIsMalformed() => AssertFinding(
        Job("Job(\"a\", Queue = \"very urgent\")"), "PDJ009", $"The queue name 'very urgent' is malformed. {NameRule}");

    [Fact]
    public void EveryDiagnosticHasAPageThatNamesIt()
    {
        IEnumerable<DiagnosticDescriptor> all = typeof(JobDiagnostics).GetFields().Select(f => f.GetValue(null)).OfType<DiagnosticDescriptor>();
        string root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "ProDev.Lib.sln")))
            root = Path.GetDirectoryName(root)!;

        Assert.Equal(18, all.Count());
        foreach (DiagnosticDescriptor descriptor in all)
        {
            Assert.Equal($"docs/diagnostics/{descriptor.Id}.md", descriptor.HelpLinkUri);
            Assert.StartsWith($"# {descriptor.Id}: {descriptor.Title}\n", File.ReadAllText(Path.Combine(root, descriptor.HelpLinkUri)), StringComparison.Ordinal);
        }
    }

    private static void AssertFinding(string source, string id, string message)
    {
        Diagnostic finding = Assert.Single(GeneratorHarness.Diagnose(source));
        Assert.Equal((id, message), (finding.Id, finding.GetMessage(null)));
        Assert.Equal("Source.cs", finding.Location.GetLineSpan().Path);
    }

    private static string Job(string attribute) => $"{Args} [{attribute}] public sealed class Import : IJob<Args> {{ {Run} }}";

    private static string JobWithArgs(string type) =>
        $$"""
        public abstract class Shape { }
        [JsonDerivedType(typeof(Circle), "circle")] public abstract class Known { }
        public sealed class Circle : Known { }
        public sealed record Upload(string Name, Stream Content);
        public sealed record Place((int X, int Y) Point);
        public sealed record Guarded(string Name) { [JsonIgnore] public Stream? Content { get; init; } }
        [Job("a")] public sealed class Import : IJob<{{type}}>
        {
            public Task RunAsync({{type}} args, JobContext context, CancellationToken cancellationToken) => Task.CompletedTask;
        }
        """;
}
