using Microsoft.CodeAnalysis;

namespace ProDev.Jobs.Tests;

/// <summary>[JobUnique]: what is generated, and what is refused.</summary>
public sealed class UniqueTests
{
    private const string Args =
        """
        public abstract record Base(int Customer);
        public sealed record Args(int Customer, [property: JsonPropertyName("area")] string Region, [property: JsonIgnore] string Secret) : Base(Customer)
        {
            [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Note { get; init; }
            internal int Hidden { get; init; }
        }
        """;

    [Theory]
    [InlineData("JobUnique", "ByArguments()")]
    [InlineData("JobUnique(IgnoreArguments = true)", "ByName()")]
    [InlineData("JobUnique(nameof(Args.Region), \"Customer\", nameof(Args.Note))", "By(\"area\", \"Customer\", \"Note\")")]
    [InlineData(
        "JobUnique(Period = \"1.00:00:00\", States = JobUniqueStates.Waiting | JobUniqueStates.Succeeded, OnConflict = JobConflict.Reschedule, PerQueue = true)",
        "ByArguments() with { Period = global::System.TimeSpan.FromTicks(864000000000), States = global::ProDev.Jobs.JobUniqueStates.Scheduled | " +
        "global::ProDev.Jobs.JobUniqueStates.Queued | global::ProDev.Jobs.JobUniqueStates.Succeeded, OnConflict = global::ProDev.Jobs.JobConflict.Reschedule, " +
        "PerQueue = true }")]
    public void RuleIsRegistered(string attribute, string code)
        => Assert.Contains(
            $"{{ Queue = \"default\", MaxAttempts = 5, Unique = global::ProDev.Jobs.JobUniqueness.{code} }},", GeneratorHarness.Generate(Job(attribute)),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("Custmer")]
    [InlineData("customer")]
    [InlineData("area")]
    [InlineData("Secret")]
    [InlineData("Hidden")]
    [InlineData("")]
    public void PDJ020_IsReported_WhenThePropertyIsUnknown(string property) => AssertFinding(
        $"JobUnique(\"{property}\")", "PDJ020",
        $"The job 'Import' is to be unique by the property '{property}', which its arguments, 'Args', do not have or do not write as JSON. They have: " +
        "'Customer', 'Note', 'Region'.");

    [Theory]
    [InlineData("string", "none")]
    [InlineData("int[]", "none")]
    [InlineData("List<Args>", "none")]
    public void PDJ020_IsReported_WhenTheArgumentsHaveNoProperties(string type, string known)
    {
        Diagnostic finding = Assert.Single(GeneratorHarness.Diagnose(Job("JobUnique(\"Length\")", type)));

        Assert.Equal("PDJ020", finding.Id);
        Assert.EndsWith($"They have: {known}.", finding.GetMessage(null), StringComparison.Ordinal);
    }

    [Fact]
    public void AnyNameIsTaken_WhenThePropertiesAreNotKnownAtCompileTime()
        => Assert.Contains("JobUniqueness.By(\"any\")", GeneratorHarness.Generate(Job("JobUnique(\"any\")", "Dictionary<string, int>")), StringComparison.Ordinal);

    [Theory]
    [InlineData("30")]
    [InlineData("00:00:00")]
    [InlineData("-00:00:30")]
    [InlineData("3650.00:00:01")]
    public void PDJ021_IsReported_WhenThePeriodIsMalformed(string period) => AssertFinding(
        $"JobUnique(Period = \"{period}\")", "PDJ021",
        $"The job 'Import' has [JobUnique] with Period = \"{period}\". Write hours, minutes and seconds, such as \"00:10:00\"; more than zero and at most ten " +
        "years (\"3650.00:00:00\").");

    [Theory]
    [InlineData("IgnoreArguments = true", "IgnoreArguments is set and properties are named. Leave one of them out")]
    [InlineData("States = JobUniqueStates.None", "States is 0, which are no states. Name at least one of JobUniqueStates")]
    [InlineData("States = (JobUniqueStates)64", "States is 64, which are no states. Name at least one of JobUniqueStates")]
    [InlineData(
        "States = JobUniqueStates.Running, OnConflict = JobConflict.Replace",
        "OnConflict concerns jobs that wait, but States has neither Scheduled nor Queued. Add one of them, or leave OnConflict out")]
    [InlineData("OnConflict = (JobConflict)3", "OnConflict is 3. Allowed are Skip, Replace and Reschedule")]
    public void PDJ022_IsReported_WhenTheRuleContradictsItself(string settings, string why) => AssertFinding(
        $"JobUnique(nameof(Args.Customer), {settings})", "PDJ022", $"The job 'Import' has a [JobUnique] that cannot be meant: {why}.");

    [Fact]
    public void PDJ022_IsReported_WhenAPropertyIsNamedTwice() => AssertFinding(
        "JobUnique(\"Note\", \"Note\")", "PDJ022",
        "The job 'Import' has a [JobUnique] that cannot be meant: the property 'Note' is named twice. Name each once.");

    [Fact]
    public void PDJ023_IsReported_WhenTheClassIsNoJob()
    {
        Diagnostic finding = Assert.Single(GeneratorHarness.Diagnose("[JobUnique] public sealed class Import { }"));

        Assert.Equal("PDJ023", finding.Id);
        Assert.Equal(
            "The class 'Import' carries [JobUnique] but not [Job], so nothing would be unique. Add [Job(\"name\")], or take it off.", finding.GetMessage(null));
    }

    private static void AssertFinding(string attribute, string id, string message)
    {
        Diagnostic finding = Assert.Single(GeneratorHarness.Diagnose(Job(attribute)));
        Assert.Equal((id, message), (finding.Id, finding.GetMessage(null)));
    }

    private static string Job(string attribute, string args = "Args") =>
        $$"""
        {{Args}}
        [Job("a"), {{attribute}}] public sealed class Import : IJob<{{args}}>
        {
            public Task RunAsync({{args}} args, JobContext context, CancellationToken cancellationToken) => Task.CompletedTask;
        }
        """;
}
