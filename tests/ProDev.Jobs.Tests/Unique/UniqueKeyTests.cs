using System.Text;
using System.Text.Json;

namespace ProDev.Jobs.Tests;

/// <summary>What the keys of unique jobs are made of.</summary>
public sealed class UniqueKeyTests
{
    private static readonly JobsOptions Options = Completed(new JobsOptions());
    private static readonly JobBinding Sync = new JobBinding<SyncJob, SyncJob.Args>(new JobDefinition("unique.sync"));

    // Stores are full of them, so they must never change.
    [Fact]
    public void KeysAreTheSameForEver()
    {
        string arguments = """{"note":"n","customer":7,"area":"eu"}""";

        Assert.Equal("JiVI_sZXtAWrncqGKuypoztYBbLzT2ZmfVgf6UbMOrQ", Key(JobUniqueness.ByName(), arguments));
        Assert.Equal("ED5zqtc9qCihQAb4lS5bAUJBk0lldtdRJAn55_MkK_c", Key(JobUniqueness.ByArguments(), arguments));
        Assert.Equal("diNSMK1rdsVZ4r5CrgIIeNJGnFAsBOgBbUJkVg7sS_U", Key(JobUniqueness.By("customer", "area") with { PerQueue = true }, arguments));
        Assert.Equal("t21Li7v99K2sbdKn6Yj6RDAfQAsUPwrF5EG2F01ayas", Key(JobUniqueness.ByKey("x"), arguments));
    }

    [Theory]
    [InlineData("""{"customer":7,"note":"n"}""", """{ "note" : "n", "customer" : 7.0 }""", true)]
    [InlineData("""{"note":"a\u0062"}""", """{"note":"ab"}""", true)]
    [InlineData("""{"note":{"x":1,"y":[2,3]}}""", """{"note":{"y":[2,3],"x":1}}""", true)]
    [InlineData("""{"note":[2,3]}""", """{"note":[3,2]}""", false)]
    [InlineData("""{"note":"7"}""", """{"note":7}""", false)]
    [InlineData("""{"note":"n"}""", """{"note":"N"}""", false)]
    [InlineData("""{"note":null}""", """{}""", false)]
    public void ArgumentsAreComparedByValue(string one, string other, bool areEqual)
        => Assert.Equal(areEqual, Key(JobUniqueness.ByArguments(), one) == Key(JobUniqueness.ByArguments(), other));

    [Fact]
    public void OnlyTheChosenPropertiesCount()
    {
        string key = Key(JobUniqueness.By("customer", "area"), """{"customer":7,"note":"a","area":null}""");

        Assert.Equal(key, Key(JobUniqueness.By("area", "customer"), """{"note":"b","customer":7}"""));
        Assert.NotEqual(key, Key(JobUniqueness.By("area", "customer"), """{"note":"a","customer":8}"""));
        Assert.NotEqual(key, Key(JobUniqueness.By("customer"), """{"customer":7,"note":"a","area":null}"""));
    }

    [Fact]
    public void NamesMayBeThoseOfTheClass()
    {
        Assert.Equal(
            Key(JobUniqueness.By("customer"), """{"customer":7}"""), Key(JobUniqueness.By(nameof(SyncJob.Args.Customer)), """{"customer":7}"""));
        var snake = new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseUpper };
        JobJson.Complete(snake);
        Assert.NotNull(UniqueKeys.Create(JobUniqueness.By("Customer"), Sync, "default", """{"CUSTOMER":7}"""u8.ToArray(), snake));
    }

    [Theory]
    [InlineData("Custmer")]
    [InlineData("Region")]
    public void KeyIsRefused_WhenThePropertyIsUnknown(string name)
    {
        var error = Assert.Throws<ArgumentException>(() => Key(JobUniqueness.By(name), "{}"));

        Assert.StartsWith(
            $"The job 'unique.sync' is to be unique by the property '{name}', which its arguments ('{typeof(SyncJob.Args)}') do not have as JSON. They have: " +
            "'customer', 'note', 'area'.",
            error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void KeyIsRefused_WhenTheArgumentsAreNoObject()
    {
        var binding = new JobBinding<DoubleJob, int>(new JobDefinition("double"));

        var error = Assert.Throws<ArgumentException>(() => UniqueKeys.Create(JobUniqueness.By("a"), binding, "default", "1"u8.ToArray(), Options.SerializerOptions));

        Assert.StartsWith("The job 'double' is to be unique by the property 'a', but its arguments ('System.Int32') are no JSON object", error.Message, StringComparison.Ordinal);
        Assert.NotNull(UniqueKeys.Create(JobUniqueness.ByArguments(), binding, "default", "1"u8.ToArray(), Options.SerializerOptions));
    }

    [Fact]
    public void KeysOfADictionaryNeedNotBeThere()
    {
        var binding = new JobBinding<MapJob, Dictionary<string, int>>(new JobDefinition("map"));
        string Key(string arguments)
            => UniqueKeys.Create(JobUniqueness.By("a"), binding, "default", Encoding.UTF8.GetBytes(arguments), Options.SerializerOptions)!.Key;

        Assert.Equal(Key("""{"a":1,"b":2}"""), Key("""{"a":1}"""));
        Assert.NotEqual(Key("""{"a":1}"""), Key("{}"));
    }

    [Fact]
    public void NameScopeAndChoiceMakeADifference()
    {
        var other = new JobBinding<SyncJob, SyncJob.Args>(new JobDefinition("other"));
        JobUniqueness perQueue = JobUniqueness.ByKey("x") with { PerQueue = true };
        string[] keys =
        [
            Key(JobUniqueness.ByKey("x"), "{}"), Key(JobUniqueness.ByKey("y"), "{}"), Key(JobUniqueness.ByName(), "{}"), Key(JobUniqueness.ByArguments(), "{}"),
            Key(perQueue, "{}"), Create(perQueue, Sync, "other", "{}").Key, Create(JobUniqueness.ByKey("x"), other, "bulk", "{}").Key,
        ];

        Assert.Equal(keys.Length, keys.Distinct(StringComparer.Ordinal).Count());
        Assert.All(keys, k => Assert.Equal(43, k.Length));
        Assert.Equal(keys[0], Create(JobUniqueness.ByKey("x"), Sync, "other", "{}").Key);
    }

    private static string Key(JobUniqueness rule, string arguments) => Create(rule, Sync, "bulk", arguments).Key;

    private static JobUniqueKey Create(JobUniqueness rule, JobBinding binding, string queue, string arguments)
        => UniqueKeys.Create(rule, binding, queue, Encoding.UTF8.GetBytes(arguments), Options.SerializerOptions)!;

    private static JobsOptions Completed(JobsOptions options)
    {
        JobJson.Complete(options.SerializerOptions);
        return options;
    }

    private sealed class DoubleJob : IJob<int>
    {
        public Task RunAsync(int args, JobContext context, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class MapJob : IJob<Dictionary<string, int>>
    {
        public Task RunAsync(Dictionary<string, int> args, JobContext context, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
