using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using ProDev.Jobs.Conformance;

namespace ProDev.Jobs.Tests;

/// <summary>Unique jobs through the client: whose rule counts, what the handle tells, what is refused.</summary>
public sealed class UniqueEnqueueTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly ServiceProvider _services;

    public UniqueEnqueueTests() => _services = Build();

    private IJobClient Client => _services.GetRequiredService<IJobClient>();

    private IJobStore Store => _services.GetRequiredService<IJobStore>();

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    [Fact]
    public async Task ClassDecides_WhenTheCallerSaysNothing()
    {
        JobHandle first = await Client.EnqueueAsync(new SyncJob.Args(7, "old", "eu"));
        JobHandle second = await Client.EnqueueAsync(new SyncJob.Args(7, "new", "eu"));
        JobHandle other = await Client.EnqueueAsync(new SyncJob.Args(7, "new", "us"));

        Assert.Equal((false, EnqueueOutcome.Enqueued), (first.AlreadyExisted, first.Outcome));
        Assert.Equal((first.Id, true, EnqueueOutcome.Replaced), (second.Id, second.AlreadyExisted, second.Outcome));
        Assert.False(other.AlreadyExisted);
        LeasedJob job = (await Store.TakeAsync()).Single(j => j.Lease.JobId == first.Id);
        Assert.Equal("""{"customer":7,"note":"new","area":"eu"}""", System.Text.Encoding.UTF8.GetString(job.Envelope.Payload.Span));
        Assert.Equal((TimeSpan.FromHours(1), JobUniqueStates.Unfinished), (job.Envelope.Unique!.Period, job.Envelope.Unique.States));
    }

    [Fact]
    public async Task CallerDecides_WhenItSaysSomething()
    {
        JobHandle first = await Client.EnqueueAsync(new SyncJob.Args(7));
        JobHandle free = await Client.EnqueueAsync(new SyncJob.Args(7), o => o.Unique = JobUniqueness.None);
        JobHandle skipped = await Client.EnqueueAsync(
            new SyncJob.Args(7, "new"), o => o.Unique = JobUniqueness.By(nameof(SyncJob.Args.Customer), "area") with { OnConflict = JobConflict.Reschedule });

        Assert.False(free.AlreadyExisted);
        Assert.Equal((first.Id, EnqueueOutcome.Rescheduled), (skipped.Id, skipped.Outcome));
    }

    [Fact]
    public async Task EachIsAnswered_WhenManyAreEnqueued()
    {
        IReadOnlyList<JobHandle> handles = await Client.EnqueueManyAsync(
            [new SyncJob.Args(1), new SyncJob.Args(2), new SyncJob.Args(1, "again")],
            (args, o) => o.Delay = args.Note.Length > 0 ? TimeSpan.FromMinutes(1) : null);

        Assert.Equal([EnqueueOutcome.Enqueued, EnqueueOutcome.Enqueued, EnqueueOutcome.Replaced], handles.Select(h => h.Outcome));
        Assert.Equal(handles[0].Id, handles[2].Id);
        JobCounts counts = await Client.CountAsync();
        Assert.Equal((1, 1), (counts.Queued, counts.Scheduled));
    }

    [Fact]
    public async Task DebouncedJobRunsOnce_AfterTheLastCall()
    {
        void Debounce(EnqueueOptions o) => (o.Unique, o.Delay) = (JobUniqueness.ByName() with { OnConflict = JobConflict.Reschedule }, TimeSpan.FromSeconds(10));

        for (int i = 0; i < 5; i++)
        {
            await Client.EnqueueAsync(new SyncJob.Args(i), Debounce);
            _time.Advance(TimeSpan.FromSeconds(9));
            Assert.Empty(await Store.TakeAsync());
        }

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Single(await Store.TakeAsync());
    }

    [Fact]
    public async Task EnqueueFails_WhenTheRuleCannotBeMeant()
    {
        await RefusedAsync(o => o.Unique = JobUniqueness.By("custmer"), "is to be unique by the property 'custmer'");
        await RefusedAsync(o => o.Unique = JobUniqueness.ByName() with { Period = TimeSpan.Zero }, "The Period of a unique job is '00:00:00'.");
        await RefusedAsync(
            o => o.IdempotencyKey = "k",
            "The job 'unique.sync' has the idempotency key 'k' and is unique with OnConflict = Replace. A job that is replaced or rescheduled would not have the key");
        Assert.Equal(0, (await Client.CountAsync()).Pending);
        JobHandle both = await Client.EnqueueAsync(new SyncJob.Args(7), o => (o.IdempotencyKey, o.Unique) = ("k", JobUniqueness.ByArguments()));
        Assert.False(both.AlreadyExisted);
    }

    [Fact]
    public async Task EnqueueFails_WhenTheStoreCannotKeepJobsUnique()
    {
        await using ServiceProvider services = Build(new MinimalStore());

        var error = await Assert.ThrowsAsync<NotSupportedException>(() => services.GetRequiredService<IJobClient>().EnqueueAsync(new SyncJob.Args(7)));

        Assert.Equal(
            "The job store 'MinimalStore' cannot keep jobs unique, but the job 'unique.sync' asks for it. Leave the option out, or use another provider.",
            error.Message);
    }

    [Fact]
    public async Task EnvelopesOfOtherClientsAreChecked_BeforeTheStoreSeesThem()
    {
        var store = new CheckedJobStore(Store);
        JobEnvelope job = TestJobs.New();

        foreach (JobUniqueKey key in (JobUniqueKey[])[new() { Key = " " }, new() { Key = new string('k', 257) }, new() { Key = "k", States = JobUniqueStates.None }])
            Assert.ThrowsAny<ArgumentException>(() => store.Check(job with { Unique = key }));
        Assert.Equal((await store.EnqueueAsync([job with { Unique = new JobUniqueKey { Key = new string('k', 256) } }], default))[0].Id, job.Id);
    }

    [Fact]
    public async Task CanvasIsRefused_WhenSomethingWouldFollowAUniqueJob()
    {
        static void Unique(EnqueueOptions o) => o.Unique = JobUniqueness.ByName();
        JobCanvas free = Canvas.Job<FirstJob, CityId>(new CityId(1));
        JobCanvas unique = Canvas.Job(new SyncJob.Args(7));

        foreach (Canvas canvas in (Canvas[])[unique, unique.Then(free), Canvas.Group(free, unique), free.OnSuccess(unique.OnSuccess(free))])
        {
            var error = await Assert.ThrowsAsync<ArgumentException>(() => Client.EnqueueCanvasAsync(canvas));
            Assert.StartsWith(
                "The job 'unique.sync' of a canvas is unique, by EnqueueOptions.Unique or [JobUnique]. If another job were in its way, what follows would never start.",
                error.Message, StringComparison.Ordinal);
        }

        await Client.EnqueueCanvasAsync(Canvas.Job(new SyncJob.Args(7), o => o.Unique = JobUniqueness.None).Then(free));
        var unknown = await Assert.ThrowsAsync<ArgumentException>(() => Client.EnqueueCanvasAsync(free.OnError(Canvas.Job<FailureJob>(o => o.Unique = JobUniqueness.ByArguments()))));
        Assert.StartsWith("The job 'failure' is to be unique by its arguments, but it gets them from the job before it.", unknown.Message, StringComparison.Ordinal);
        await Client.EnqueueCanvasAsync(free.OnError(Canvas.Job<FailureJob>(Unique)));
    }

    [Fact]
    public async Task CallbackOfACanvasIsUnique_WhenItSaysSo()
    {
        Canvas plan = Canvas.Job<FirstJob, CityId>(new CityId(1)).OnSuccess(Canvas.Job(new SyncJob.Args(7)));
        await Client.EnqueueCanvasAsync(plan);
        await Client.EnqueueCanvasAsync(plan);

        foreach (LeasedJob job in await Store.TakeAsync(9, "bulk", "default"))
        {
            await Store.CompleteAsync(
                [new JobCompletion(job.Lease) { FollowUp = FollowUps.AfterSuccess(job.Envelope, result: null, traceParent: null) }], default);
        }

        Assert.Equal(1, (await Client.CountAsync()).Queued);
    }

    private async Task RefusedAsync(Action<EnqueueOptions> configure, string message)
        => Assert.Contains(
            message,
            (await Assert.ThrowsAnyAsync<ArgumentException>(() => Client.EnqueueAsync(new SyncJob.Args(7), configure))).Message, StringComparison.Ordinal);

    private ServiceProvider Build(IJobStore? store = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(_time).AddScoped<ScopeProbe>().AddSingleton<Runs>();
        services.AddProDevJobs().AddJobsFromThisAssembly().AddJob<FailureJob, JobFailure>(new JobDefinition("failure"), static _ => new FailureJob());
        if (store is not null)
            services.AddSingleton(store);
        return services.BuildServiceProvider();
    }

    private sealed class FailureJob : IJob<JobFailure>
    {
        public Task RunAsync(JobFailure args, JobContext context, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
