using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using ProDev.Jobs.Conformance;

namespace ProDev.Jobs.Tests;

/// <summary>Enqueueing: what is found, what is stored, what is refused.</summary>
public sealed class JobClientTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly ServiceProvider _services;

    public JobClientTests() => _services = Build();

    private IJobClient Client => _services.GetRequiredService<IJobClient>();

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    [Fact]
    public async Task EnqueueFails_WhenNoJobTakesTheType()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => Client.EnqueueAsync(DateTime.UnixEpoch));

        Assert.StartsWith("No registered job takes arguments of type 'System.DateTime'. Registered are: '", error.Message, StringComparison.Ordinal);
        Assert.Contains("'sample.first', 'sample.scoped', 'sample.second'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EnqueueFailsAndNamesTheWayOut_WhenTwoJobsTakeTheType()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => Client.EnqueueAsync(new CityId(1)));

        Assert.StartsWith("2 registered jobs take arguments of type 'ProDev.Jobs.Tests.CityId':", error.Message, StringComparison.Ordinal);
        Assert.Contains("EnqueueAsync<TJob, TArgs>(args)", error.Message, StringComparison.Ordinal);
        JobHandle handle = await Client.EnqueueAsync<SecondJob, CityId>(new CityId(1));
        Assert.Equal("sample.second", (await Client.FindAsync(handle.Id))!.Name);
    }

    [Fact]
    public async Task TransactionsAreRefused_WhenTheStoreHasNone()
    {
        await using var transaction = new ForeignTransaction();

        NotSupportedException[] errors =
        [
            Assert.Throws<NotSupportedException>(() => Client.InTransaction(transaction)),
            Assert.Throws<NotSupportedException>(() => Client.CreatePending()),
            await Assert.ThrowsAsync<NotSupportedException>(() => Client.EnqueueAsync(new CityId(1), transaction)),
            await Assert.ThrowsAsync<NotSupportedException>(() => Client.EnqueueManyAsync([new CityId(1)], transaction)),
            await Assert.ThrowsAsync<NotSupportedException>(() => Client.EnqueueCanvasAsync(Canvas.Job(new CityId(1)), transaction)),
        ];

        Assert.All(errors, e => Assert.Equal(
            "The job store 'MemoryJobStore' cannot enqueue in a transaction of the application. Use a provider that keeps its jobs in a database, such as " +
            "SQLite or PostgreSQL, or enqueue after the commit.",
            e.Message));
    }

    [Fact]
    public async Task AttributeDecides_WhenTheCallerSaysNothing()
    {
        JobInfo info = await EnqueuedAsync(null);

        Assert.Equal(("bulk", 2, 0, JobState.Queued, 0), (info.Queue, info.MaxAttempts, info.Priority, info.State, info.Attempt));
        Assert.Equal((_time.GetUtcNow(), _time.GetUtcNow()), (info.EnqueuedAt, info.RunAt));
    }

    [Fact]
    public async Task CallerDecides_WhenOptionsAreGiven()
    {
        JobInfo info = await EnqueuedAsync(o => (o.Queue, o.MaxAttempts, o.Priority, o.Delay) = ("other", 7, 9, TimeSpan.FromHours(1)));

        Assert.Equal(("other", 7, 9, JobState.Scheduled), (info.Queue, info.MaxAttempts, info.Priority, info.State));
        Assert.Equal(_time.GetUtcNow().AddHours(1), info.RunAt);
    }

    [Fact]
    public async Task IdIsSortableByTime()
    {
        JobHandle handle = await Client.EnqueueAsync(new ScopedJob.Args("a"));

        Assert.Equal(7, handle.Id.Version);
        Assert.False(handle.AlreadyExisted);
    }

    [Fact]
    public async Task ExistingHandleIsReturned_WhenTheIdempotencyKeyIsKnown()
    {
        JobHandle first = await Client.EnqueueAsync(new ScopedJob.Args("a"), o => o.IdempotencyKey = "k");
        JobHandle second = await Client.EnqueueAsync(new ScopedJob.Args("b"), o => o.IdempotencyKey = "k");

        Assert.Equal((first.Id, true), (second.Id, second.AlreadyExisted));
    }

    [Fact]
    public async Task ManyAreEnqueuedInOrder_EachWithItsOptions()
    {
        IReadOnlyList<JobHandle> handles = await Client.EnqueueManyAsync(
            [new ScopedJob.Args("a"), new ScopedJob.Args("b"), new ScopedJob.Args("a")], (args, o) => o.IdempotencyKey = args.Text);

        Assert.Equal([false, false, true], handles.Select(h => h.AlreadyExisted));
        Assert.Equal(handles[0].Id, handles[2].Id);
        Assert.Empty(await Client.EnqueueManyAsync(Array.Empty<ScopedJob.Args>()));
        Assert.Equal(2, (await Client.CountAsync()).Queued);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(10)]
    public async Task EnqueueFails_WhenThePriorityIsOutOfRange(int priority)
        => await RefusedAsync(o => o.Priority = priority, $"The priority '{priority}' is out of range. Allowed are 0 (lowest) to 9 (highest).");

    [Fact]
    public async Task EnqueueFails_WhenAnOptionIsOutOfRange()
    {
        await RefusedAsync(o => o.Delay = TimeSpan.FromSeconds(-1), "EnqueueOptions.Delay is '-00:00:01'. Set it to zero or more.");
        await RefusedAsync(o => o.Delay = TimeSpan.FromDays(4000), "EnqueueOptions.Delay is '4000.00:00:00'. At most ten years are allowed.");
        await RefusedAsync(o => o.RunAt = DateTimeOffset.MaxValue, "At most ten years from now are allowed.");
        await RefusedAsync(o => (o.Delay, o.RunAt) = (TimeSpan.Zero, _time.GetUtcNow()), "Both EnqueueOptions.Delay");
        await RefusedAsync(o => o.Queue = "two words", "The queue name 'two words' is malformed.");
        await RefusedAsync(o => o.MaxAttempts = 0, "MaxAttempts is '0', but the first attempt counts too.");
        await RefusedAsync(o => o.IdempotencyKey = "", "The idempotency key '' has 0 characters.");
        await RefusedAsync(o => o.IdempotencyKey = new string('k', 257), "has 257 characters. Allowed are 1 to 256");
        Assert.Equal(0, (await Client.CountAsync()).Pending);
    }

    [Fact]
    public async Task EnqueueFails_WhenTheArgumentsAreTooLarge()
    {
        await using ServiceProvider services = Build(o => o.MaxPayloadBytes = 20);
        IJobClient client = services.GetRequiredService<IJobClient>();

        await client.EnqueueAsync(new ScopedJob.Args("12345678"));
        var error = await Assert.ThrowsAsync<ArgumentException>(() => client.EnqueueAsync(new ScopedJob.Args("1234567890")));

        Assert.StartsWith(
            "The arguments of job 'sample.scoped' take '21' bytes as JSON; at most 20 are allowed.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EnqueueFailsAndSaysWhatToDeclare_WhenThereIsNoJsonContract()
    {
        await using ServiceProvider services = Build(o => o.SerializerOptions = new JsonSerializerOptions { TypeInfoResolver = new NoContracts() });

        var error = await Assert.ThrowsAsync<ArgumentException>(
            () => services.GetRequiredService<IJobClient>().EnqueueAsync(new ScopedJob.Args("a")));

        Assert.Contains("[JsonSerializable(typeof(Args))]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TraceOfTheCallerTravelsWithTheJob()
    {
        using Activity caller = new Activity("caller").SetIdFormat(ActivityIdFormat.W3C).Start();
        await Client.EnqueueAsync(new ScopedJob.Args("a"));

        IReadOnlyList<LeasedJob> jobs = await _services.GetRequiredService<IJobStore>().FetchAsync(
            new FetchRequest { Queues = ["default"], Maximum = 1, Lease = TimeSpan.FromSeconds(30), Worker = "test" }, default);

        Assert.Equal(caller.Id, Assert.Single(jobs).Envelope.TraceParent);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public async Task ListFails_WhenThePageSizeIsOutOfRange(int take)
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => Client.ListDeadLettersAsync(new DeadLetterQuery { Take = take }));

        Assert.StartsWith($"DeadLetterQuery.Take is '{take}'. Set it from 1 to 1000.", error.Message, StringComparison.Ordinal);
    }

    private async Task<JobInfo> EnqueuedAsync(Action<EnqueueOptions>? configure)
    {
        JobHandle handle = await Client.EnqueueAsync<FirstJob, CityId>(new CityId(1), configure);
        return (await Client.FindAsync(handle.Id))!;
    }

    private async Task RefusedAsync(Action<EnqueueOptions> configure, string message)
        => Assert.Contains(
            message,
            (await Assert.ThrowsAnyAsync<ArgumentException>(() => Client.EnqueueAsync(new ScopedJob.Args("a"), configure))).Message,
            StringComparison.Ordinal);

    private ServiceProvider Build(Action<JobsOptions>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(_time).AddScoped<ScopeProbe>().AddSingleton<Runs>();
        services.AddProDevJobs(configure).AddJobsFromThisAssembly();
        return services.BuildServiceProvider();
    }

    private sealed class NoContracts : System.Text.Json.Serialization.Metadata.IJsonTypeInfoResolver
    {
        public System.Text.Json.Serialization.Metadata.JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options) => null;
    }
}
