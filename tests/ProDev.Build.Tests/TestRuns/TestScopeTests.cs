using System.Reflection;
using System.Reflection.Emit;

namespace ProDev.Build.Tests;

public sealed class TestScopeTests
{
    private static readonly TestRequirement[] Marks =
    [
        new("B.Shell", "POSIX"),
        new("C.Pages", "PostgreSQL"),
        new("A.Queue", "RabbitMQ"),
    ];

    [Fact]
    public void EverythingRuns_WhenNothingIsMissing()
    {
        TestScope scope = TestScope.Of(withoutServices: false, isWindows: false);

        Assert.Empty(scope.Arguments);
        Assert.Empty(scope.LeftOut(Marks));
    }

    [Fact]
    public void TestsOfServersAreLeftOut_WhenTheRunDoesWithoutThem()
    {
        TestScope scope = TestScope.Of(withoutServices: true, isWindows: false);

        Assert.Equal("--filter Requires!=PostgreSQL&Requires!=Redis&Requires!=RabbitMQ", scope.Arguments);
        Assert.Equal(
            [
                new LeftOutTest("A.Queue", "RabbitMQ", "and the run was told --without-services"),
                new LeftOutTest("C.Pages", "PostgreSQL", "and the run was told --without-services"),
            ],
            scope.LeftOut(Marks));
    }

    [Fact]
    public void TestsOfPosixAreLeftOut_OnWindows()
    {
        TestScope scope = TestScope.Of(withoutServices: false, isWindows: true);

        Assert.Equal("--filter Requires!=POSIX", scope.Arguments);
        Assert.Equal([new LeftOutTest("B.Shell", "POSIX", "and this is Windows")], scope.LeftOut(Marks));
    }

    [Fact]
    public void NearestIsNamed_WhenATestRequiresWhatTheBuildDoesNotKnow()
    {
        TestScope scope = TestScope.Of(withoutServices: false, isWindows: false);

        Assert.Equal(
            "C.Pages requires 'PostgresSQL', which the build does not know. Did you mean 'PostgreSQL'? Known are: PostgreSQL, Redis, RabbitMQ, POSIX.",
            Assert.Throws<BuildFailedException>(() => scope.LeftOut([new("C.Pages", "PostgresSQL")])).Message);
    }

    [Fact]
    public void MarksOfClassesAndTestsAreRead_FromABuiltTestProject()
    {
        using var directory = new TemporaryDirectory();
        string path = directory.Combine("Marked.Tests.dll");
        var assembly = new PersistedAssemblyBuilder(new AssemblyName("Marked.Tests"), typeof(object).Assembly);
        TypeBuilder type = assembly.DefineDynamicModule("Marked.Tests").DefineType("Marked.CacheTests", TypeAttributes.Public);
        type.SetCustomAttribute(Trait("Requires", "Redis"));
        type.SetCustomAttribute(Trait("Other", "PostgreSQL"));
        MethodBuilder method = type.DefineMethod("Hits", MethodAttributes.Public);
        method.SetCustomAttribute(Trait("Requires", "POSIX"));
        method.GetILGenerator().Emit(OpCodes.Ret);
        type.CreateType();
        assembly.Save(path);

        Assert.Equal([new("Marked.CacheTests", "Redis"), new("Marked.CacheTests.Hits", "POSIX")], TestRequirement.ReadAll(path));
        Assert.Contains(new("ProDev.Build.Tests.BuildScriptTests", "POSIX"), TestRequirement.ReadAll(typeof(BuildScriptTests).Assembly.Location));
    }

    [Fact]
    public void RemedyIsNamed_WhenATestProjectIsNotBuilt()
    {
        using var directory = new TemporaryDirectory();
        foreach (string path in new[] { directory.Combine("none.dll"), directory.Write("text.dll", "text") })
        {
            string message = Assert.Throws<BuildFailedException>(() => TestRequirement.ReadAll(path)).Message;
            Assert.StartsWith($"The tests in '{path}' cannot be read: ", message, StringComparison.Ordinal);
            Assert.EndsWith(" Run the target Compile first.", message, StringComparison.Ordinal);
        }
    }

    private static CustomAttributeBuilder Trait(string name, string value) =>
        new(typeof(TraitAttribute).GetConstructor([typeof(string), typeof(string)])!, [name, value]);
}
