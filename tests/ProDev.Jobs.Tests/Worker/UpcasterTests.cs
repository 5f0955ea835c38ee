using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ProDev.Jobs.Conformance;

namespace ProDev.Jobs.Tests;

/// <summary>Stored arguments of other versions than the worker's.</summary>
public sealed class UpcasterTests
{
    [Theory]
    [InlineData(1, """{"number":7}""", "7!?")]
    [InlineData(2, """{"text":"two"}""", "two?")]
    [InlineData(3, """{"text":"three"}""", "three")]
    public async Task ArgumentsPassThroughTheStepsTheyNeed_WhenTheyAreOlder(int version, string payload, string expected)
    {
        await using JobHost host = await StartAsync(3, jobs => jobs.AddJobUpcaster<From2>().AddJobUpcaster<From1>().AddJobUpcaster<From1>());

        await host.UntilAsync(await AddAsync(host, version, payload), JobState.Succeeded);

        Assert.Equal(expected, Assert.Single(host.Arguments).Text);
    }

    [Fact]
    public async Task ClientStoresTheVersionOfTheJob()
    {
        await using JobHost host = await JobHost.CreateAsync(new JobDefinition(JobHost.JobName) { Version = 4 }, start: false);

        await host.EnqueueAsync();

        Assert.Equal(4, (await host.Store.TakeOneAsync()).Envelope.Version);
    }

    [Theory]
    [InlineData(4, "have the version '4', but this worker knows versions up to 3. Update the worker, then replay the job.")]
    [InlineData(1, "have the version '1', and no IJobUpcaster is registered that makes version 2 of version 1. Register it with AddJobUpcaster<T>(), then replay the job.")]
    public async Task JobIsParkedAndNotTriedAgain_WhenNoWayLeadsToTheVersionOfTheWorker(int version, string error)
    {
        await using JobHost host = await StartAsync(3, jobs => jobs.AddJobUpcaster<From2>());

        JobInfo dead = await host.UntilAsync(await AddAsync(host, version, """{"text":"x"}"""), JobState.DeadLettered);

        Assert.Equal((DeadLetterReason.UnknownVersion, 1), (dead.DeadLetterReason, dead.Attempt));
        Assert.Equal($"The arguments of job 'body' {error}", dead.Error);
        Assert.Empty(host.Runs);
    }

    [Theory]
    [InlineData("""{"number":"broken"}""", "The upcaster failed: broken")]
    [InlineData("""{"number":null}""", "cannot be brought from version 1 to 2: the upcaster from version 1 returned null.")]
    [InlineData("null", "cannot be brought from version 1 to 2: they are the JSON literal null.")]
    public async Task JobIsParkedAndNotTriedAgain_WhenAnUpcasterFails(string payload, string error)
    {
        await using JobHost host = await StartAsync(2, jobs => jobs.AddJobUpcaster<From1>());

        JobInfo dead = await host.UntilAsync(await AddAsync(host, 1, payload), JobState.DeadLettered);

        Assert.Equal((DeadLetterReason.InvalidArguments, 1), (dead.DeadLetterReason, dead.Attempt));
        Assert.EndsWith(error, dead.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HostDoesNotStart_WhenTwoUpcastersReadTheSameVersion()
    {
        await using JobHost host = await StartAsync(2, jobs => jobs.AddJobUpcaster<From1>().AddJobUpcaster<AlsoFrom1>(), start: false);

        var error = await Assert.ThrowsAsync<InvalidOperationException>(host.StartAsync);

        Assert.StartsWith("Two upcasters read version 1 of the job 'body': ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HostDoesNotStart_WhenAnUpcasterReadsAVersionBelow1()
    {
        await using JobHost host = await StartAsync(2, jobs => jobs.AddJobUpcaster<From0>(), start: false);

        var error = await Assert.ThrowsAsync<InvalidOperationException>(host.StartAsync);

        Assert.EndsWith("has FromVersion '0'. Versions begin with 1.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void JobIsRefused_WhenItsVersionIsBelow1()
    {
        var definition = new JobDefinition(JobHost.JobName) { Version = 0 };

        var error = Assert.Throws<ArgumentOutOfRangeException>(
            () => new ServiceCollection().AddProDevJobs().AddJob<BodyJob, BodyJob.Args>(definition, _ => null!));

        Assert.StartsWith("Version is '0'. Versions begin with 1.", error.Message, StringComparison.Ordinal);
    }

    private static Task<JobHost> StartAsync(int version, Action<IProDevJobsBuilder> configure, bool start = true)
        => JobHost.CreateAsync(new JobDefinition(JobHost.JobName) { Version = version }, configure, start: start);

    private static Task<Guid> AddAsync(JobHost host, int version, string payload) => host.Store.AddAsync(new JobEnvelope
    {
        Id = Guid.CreateVersion7(),
        Name = JobHost.JobName,
        Version = version,
        Payload = Encoding.UTF8.GetBytes(payload),
    });

    private class From1 : IJobUpcaster
    {
        public string JobName => JobHost.JobName;

        public virtual int FromVersion => 1;

        public JsonNode Upcast(JsonNode arguments)
        {
            JsonNode? number = arguments["number"];
            if (number is null)
                return null!;
            if (number.GetValueKind() == System.Text.Json.JsonValueKind.String)
                throw new TimeZoneNotFoundException($"The upcaster failed: {number}");
            return new JsonObject { ["text"] = $"{number}!" };
        }
    }

    private sealed class AlsoFrom1 : From1;

    private sealed class From0 : From1
    {
        public override int FromVersion => 0;
    }

    private sealed class From2 : IJobUpcaster
    {
        public string JobName => JobHost.JobName;

        public int FromVersion => 2;

        public JsonNode Upcast(JsonNode arguments)
        {
            arguments["text"] = $"{arguments["text"]}?";
            return arguments;
        }
    }
}
