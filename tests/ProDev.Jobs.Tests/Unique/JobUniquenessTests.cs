namespace ProDev.Jobs.Tests;

/// <summary>What a rule may say.</summary>
public sealed class JobUniquenessTests
{
    [Fact]
    public void DefaultsAreThoseOfTheDocumentation()
    {
        JobUniqueness rule = JobUniqueness.ByArguments();

        Assert.Equal((null, JobUniqueStates.Unfinished, JobConflict.Skip, false), (rule.Period, rule.States, rule.OnConflict, rule.PerQueue));
        Assert.Equal(JobUniqueStates.Scheduled | JobUniqueStates.Queued | JobUniqueStates.Running, JobUniqueStates.Unfinished);
    }

    [Fact]
    public void RulesAreEqual_WhenTheySayTheSame()
    {
        Assert.Equal(JobUniqueness.By("a", "b"), JobUniqueness.By("b", "a"));
        Assert.Equal(JobUniqueness.By("a", "b").GetHashCode(), JobUniqueness.By("b", "a").GetHashCode());
        Assert.NotEqual(JobUniqueness.By("a"), JobUniqueness.ByKey("a"));
        Assert.NotEqual(JobUniqueness.By("a"), JobUniqueness.By("a") with { Period = TimeSpan.FromSeconds(1) });
    }

    [Fact]
    public void NamesAreRefused_WhenTheyCannotBeMeant()
    {
        Refused(() => JobUniqueness.By(), "No property is named. Name at least one");
        Refused(() => JobUniqueness.By("a", " "), "One of the properties has an empty name.");
        Refused(() => JobUniqueness.By("a", "b", "a"), "The property 'a' is named twice.");
        Refused(() => JobUniqueness.ByKey(" "), "The value cannot be an empty string or composed entirely of whitespace.");
    }

    [Fact]
    public void SettingsAreRefused_WhenTheyCannotBeMeant()
    {
        JobUniqueness rule = JobUniqueness.ByName();
        Checked(rule with { Period = TimeSpan.Zero }, "The Period of a unique job is '00:00:00'. Set it to more than zero and at most ten years");
        Checked(rule with { Period = TimeSpan.FromDays(3651) }, "The Period of a unique job is '3651.00:00:00'.");
        Checked(rule with { States = JobUniqueStates.None }, "The States of a unique job are 'None'. Name at least one of Scheduled");
        Checked(rule with { States = (JobUniqueStates)64 }, "The States of a unique job are '64'.");
        Checked(rule with { OnConflict = (JobConflict)3 }, "The OnConflict of a unique job is '3'. Allowed are Skip, Replace and Reschedule.");
        Checked(
            rule with { OnConflict = JobConflict.Replace, States = JobUniqueStates.Running },
            "The OnConflict of a unique job is 'Replace', which concerns jobs that wait, but its States are 'Running'. Add Scheduled or Queued");
        UniqueRules.Check(rule with { OnConflict = JobConflict.Reschedule, States = JobUniqueStates.Scheduled, Period = TimeSpan.FromDays(3650) }, "p");
        UniqueRules.Check(JobUniqueness.None with { States = JobUniqueStates.None }, "p");
    }

    private static void Checked(JobUniqueness rule, string message) => Refused(() => UniqueRules.Check(rule, nameof(rule)), message);

    private static void Refused(Action action, string message)
        => Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(action).Message, StringComparison.Ordinal);
}
