using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ProDev.Jobs.Tests;

/// <summary>Registration and options.</summary>
public sealed class RegistrationTests
{
    [Fact]
    public void DefaultsAreAsDocumented()
    {
        var jobs = new JobsOptions();
        var worker = new WorkerOptions();
        var enqueue = new EnqueueOptions();
        var attribute = new JobAttribute("a");

        Assert.Equal((1_048_576, TimeSpan.FromDays(1)), (jobs.MaxPayloadBytes, jobs.Retention));
        Assert.Equal(
            (TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5), 2d), (jobs.Backoff.BaseDelay, jobs.Backoff.MaxDelay, jobs.Backoff.Factor));
        Assert.Equal((TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(1)), (worker.Lease, worker.PollInterval));
        Assert.Equal(Math.Max(4, Environment.ProcessorCount * 2), worker.Concurrency);
        Assert.Empty(worker.Queues);
        Assert.Null(worker.Prefetch);
        Assert.Equal(("default", 5), (attribute.Queue, attribute.MaxAttempts));
        Assert.Equal((null, null, 0, null, null, null),
            (enqueue.Delay, enqueue.RunAt, enqueue.Priority, enqueue.Queue, enqueue.MaxAttempts, enqueue.IdempotencyKey));
        Assert.Equal((100_000, 10_000), (new MemoryJobsOptions().Capacity, new MemoryJobsOptions().FinishedCapacity));
    }

    [Fact]
    public void EveryFaultIsReported_WhenOptionsAreWrong()
    {
        var services = new ServiceCollection();
        services.AddProDevJobs(o =>
        {
            o.MaxPayloadBytes = 0;
            o.Retention = TimeSpan.FromSeconds(-5);
            o.Backoff = new JobBackoffOptions { BaseDelay = TimeSpan.FromSeconds(-1), MaxDelay = TimeSpan.FromSeconds(-2), Factor = 0.5, Randomness = null! };
        });
        using ServiceProvider provider = services.BuildServiceProvider();

        var error = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IJobClient>());

        Assert.Equal(6, error.Failures.Count());
    }

    [Fact]
    public async Task HostDoesNotStart_WhenOptionsAreWrong()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddProDevJobs().UseInMemory(o => (o.Capacity, o.FinishedCapacity) = (0, -1));
        using IHost host = builder.Build();

        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Equal(2, error.Failures.Count());
    }

    [Fact]
    public void EveryFaultIsReported_WhenAWorkerIsMisconfigured()
    {
        IProDevJobsBuilder builder = new ServiceCollection().AddProDevJobs();

        var error = Assert.Throws<ArgumentException>(() => builder.AddWorker(o =>
            (o.Concurrency, o.Prefetch, o.Lease, o.PollInterval, o.Queues) = (0, -1, TimeSpan.Zero, TimeSpan.Zero, ["a b"])));

        foreach (string fault in (string[])["Concurrency is '0'", "Prefetch is '-1'", "Lease is '00:00:00'", "PollInterval is '00:00:00'", "name 'a b'"])
            Assert.Contains(fault, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CallingTwiceIsHarmless()
    {
        var services = new ServiceCollection();
        services.AddScoped<ScopeProbe>().AddSingleton<Runs>();
        services.AddProDevJobs().AddJobsFromThisAssembly();
        services.AddProDevJobs(o => o.MaxPayloadBytes = 5).UseInMemory().AddJobsFromThisAssembly();
        await using ServiceProvider provider = services.BuildServiceProvider();

        Assert.Single(provider.GetServices<IJobStore>());
        await Assert.ThrowsAsync<ArgumentException>(() => provider.GetRequiredService<IJobClient>().EnqueueAsync(new ScopedJob.Args("long")));
    }

    [Fact]
    public async Task HostDoesNotStart_WhenTwoJobsHaveOneName()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddProDevJobs()
            .AddJob<FirstJob, CityId>(new JobDefinition("same"), static _ => new FirstJob())
            .AddJob<SecondJob, CityId>(new JobDefinition("same"), static _ => new SecondJob());
        using IHost host = builder.Build();

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync());

        Assert.StartsWith("Two jobs have the name 'same':", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "default", 1)]
    [InlineData("a b", "default", 1)]
    [InlineData("a", "no queue!", 1)]
    [InlineData("a", "default", 0)]
    public void JobIsRefused_WhenItsDefinitionIsMalformed(string name, string queue, int attempts)
        => Assert.ThrowsAny<ArgumentException>(() => new ServiceCollection().AddProDevJobs().AddJob<FirstJob, CityId>(
            new JobDefinition(name) { Queue = queue, MaxAttempts = attempts }, static _ => new FirstJob()));

    [Fact]
    public async Task EachRunHasItsOwnScope_WhichEndsWithTheRun()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddScoped<ScopeProbe>().AddSingleton<Runs>();
        builder.Services.AddProDevJobs().AddJobsFromThisAssembly().AddWorker();
        using IHost host = builder.Build();
        await host.StartAsync();
        IJobClient client = host.Services.GetRequiredService<IJobClient>();

        await client.EnqueueManyAsync([new ScopedJob.Args("a"), new ScopedJob.Args("b")]);
        while ((await client.CountAsync()).Succeeded < 2)
            await Task.Delay(1);

        IReadOnlyList<ScopeProbe> probes = host.Services.GetRequiredService<Runs>().Probes;
        Assert.Equal(2, probes.Distinct().Count());
        Assert.All(probes, p => Assert.True(p.Disposed));
        await host.StopAsync();
    }

    [Fact]
    public async Task MissingAbilityIsRefused_BeforeTheProviderSeesTheCall()
    {
        var services = new ServiceCollection();
        services.AddScoped<ScopeProbe>().AddSingleton<Runs>();
        services.AddProDevJobs().AddJobsFromThisAssembly();
        services.AddSingleton<IJobStore>(new MinimalStore());
        await using ServiceProvider provider = services.BuildServiceProvider();
        IJobClient client = provider.GetRequiredService<IJobClient>();

        await Assert.ThrowsAsync<NotSupportedException>(() => client.CountAsync());
        await Assert.ThrowsAsync<NotSupportedException>(() => client.EnqueueAsync(new ScopedJob.Args("a"), o => o.Delay = TimeSpan.FromSeconds(1)));
        await Assert.ThrowsAsync<NotSupportedException>(() => client.EnqueueAsync(new ScopedJob.Args("a"), o => o.Priority = 1));
        var error = await Assert.ThrowsAsync<NotSupportedException>(
            () => client.EnqueueAsync(new ScopedJob.Args("a"), o => o.IdempotencyKey = "k"));
        Assert.Equal(
            "The job store 'MinimalStore' cannot keep idempotency keys, but the job 'sample.scoped' asks for it. " +
            "Leave the option out, or use another provider.", error.Message);
    }

    [Theory]
    [InlineData(1, 0.999, 999)]
    [InlineData(3, 0.5, 2000)]
    [InlineData(3, 0, 0)]
    [InlineData(30, 1, 300_000)]
    [InlineData(int.MaxValue, 1, 300_000)]
    public void WaitGrowsAndIsJitteredAndBounded(int attempt, double random, double milliseconds)
        => Assert.Equal(
            milliseconds, JobBackoff.DelayAfter(attempt, new JobBackoffOptions { Randomness = () => random }).TotalMilliseconds, tolerance: 0.001);

    [Fact]
    public void WaitIsZero_WhenTheBaseDelayIsZero()
        => Assert.Equal(TimeSpan.Zero, JobBackoff.DelayAfter(int.MaxValue, new JobBackoffOptions { BaseDelay = TimeSpan.Zero, Randomness = () => 1 }));
}
