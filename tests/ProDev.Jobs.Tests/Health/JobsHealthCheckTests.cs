using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace ProDev.Jobs.Tests;

public sealed class JobsHealthCheckTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task IsHealthyAndCounts_WhenTheStoreAnswers()
    {
        await using JobHost host = await StartAsync();
        host.Body = static (context, _) => context.MaxAttempts == 1 ? throw new IOException("no") : Task.CompletedTask;
        await host.UntilAsync(await host.EnqueueAsync(), JobState.Succeeded);
        await host.UntilAsync(await host.EnqueueAsync(o => o.MaxAttempts = 1), JobState.DeadLettered);
        await host.EnqueueAsync(o => o.Delay = TimeSpan.FromHours(1));
        await host.EnqueueAsync(o => o.Queue = "others");

        HealthReportEntry entry = await CheckAsync(host);

        Assert.Equal(HealthStatus.Healthy, entry.Status);
        Assert.Null(entry.Description);
        Assert.Equal(
            ["deadLettered 1", "queued 1", "revoked 0", "running 0", "scheduled 1", "succeeded 1", "workers 1"],
            entry.Data.Where(d => d.Key != "silentFor").Select(d => $"{d.Key} {d.Value}").Order(StringComparer.Ordinal));
        Assert.IsType<long>(entry.Data["queued"]);
        Assert.IsType<int>(entry.Data["workers"]);
    }

    [Theory]
    [InlineData(2, 2, HealthStatus.Healthy, null)]
    [InlineData(1, null, HealthStatus.Degraded, "There are 2 dead letters; up to 1 are expected.")]
    [InlineData(null, 1, HealthStatus.Degraded, "There are 2 jobs that no worker has taken; up to 1 are expected.")]
    [InlineData(0, 0, HealthStatus.Degraded,
        "There are 2 dead letters; up to 0 are expected. There are 2 jobs that no worker has taken; up to 0 are expected.")]
    public async Task IsDegraded_WhenThereAreMoreJobsThanTheLimitsAllow(int? dead, int? queued, HealthStatus status, string? description)
    {
        await using JobHost host = await StartAsync(limits: o =>
        {
            o.MaxDeadLetters = dead;
            o.MaxQueued = queued;
        });
        host.Body = static (_, _) => throw new JobGivenUpException();
        for (int i = 0; i < 2; i++)
        {
            await host.UntilAsync(await host.EnqueueAsync(), JobState.DeadLettered);
            await host.EnqueueAsync(o => o.Queue = "others");
            await host.EnqueueAsync(o => o.Delay = TimeSpan.FromHours(1));
        }

        HealthReportEntry entry = await CheckAsync(host);

        Assert.Equal(status, entry.Status);
        Assert.Equal(description, entry.Description);
    }

    [Theory]
    [InlineData(null, HealthStatus.Unhealthy)]
    [InlineData(HealthStatus.Degraded, HealthStatus.Degraded)]
    public async Task ReportsTheFailureStatus_WhenTheStoreFails(HealthStatus? failureStatus, HealthStatus expected)
    {
        await using JobHost host = await StartAsync(
            instead: static name => name == nameof(IJobStore.CountAsync) ? throw new JobStoreException("The disk is gone.") : null,
            checks: checks => checks.AddProDevJobs(failureStatus: failureStatus));

        HealthReportEntry entry = await CheckAsync(host);

        Assert.Equal(expected, entry.Status);
        Assert.Equal("The job store has failed.", entry.Description);
        Assert.IsType<JobStoreException>(entry.Exception);
        Assert.Equal(1, entry.Data["workers"]);
    }

    [Fact]
    public async Task ReportsTheFailureStatus_WhenTheStoreDoesNotAnswerInTime()
    {
        var never = new TaskCompletionSource<JobCounts>();
        await using JobHost host = await StartAsync(
            instead: name => name == nameof(IJobStore.CountAsync) ? new ValueTask<JobCounts>(never.Task) : null,
            checks: static checks => checks.AddProDevJobs(timeout: TimeSpan.FromMilliseconds(1)));

        Assert.Equal(HealthStatus.Unhealthy, (await CheckAsync(host)).Status);
    }

    [Theory]
    [InlineData(nameof(IJobStore.FetchAsync))]
    [InlineData(nameof(IJobStore.RescueAsync))]
    public async Task IsUnhealthy_WhenAWorkerHasNotReachedTheStoreForItsLease(string operation)
    {
        bool fails = false;
        int failures = 0;
        await using JobHost host = await StartAsync(instead: name =>
        {
            if (!Volatile.Read(ref fails) || name != operation)
                return null;
            Interlocked.Increment(ref failures);
            throw new JobStoreException("The network is gone.");
        });
        Volatile.Write(ref fails, true);
        await host.UntilAsync(() => Task.FromResult(Volatile.Read(ref failures) > 0), TimeSpan.FromMilliseconds(100));
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(host)).Status);

        host.Time.Advance(Lease + TimeSpan.FromSeconds(1));
        HealthReportEntry entry = await CheckAsync(host);
        Assert.Equal(HealthStatus.Unhealthy, entry.Status);
        Assert.StartsWith(
            "Workers that have not reached the job store for longer than their lease: 1, at most for 00:00:3", entry.Description, StringComparison.Ordinal);
        Assert.True(Assert.IsType<TimeSpan>(entry.Data["silentFor"]) > Lease);
        Assert.Equal(0L, entry.Data["queued"]);

        Volatile.Write(ref fails, false);
        await host.UntilAsync(async () => (await CheckAsync(host)).Status == HealthStatus.Healthy, TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public async Task IsUnhealthy_WhenTheStoreHangsForAWorker()
    {
        var never = new TaskCompletionSource<IReadOnlyList<LeasedJob>>();
        var asked = new TaskCompletionSource();
        await using (JobHost host = await StartAsync(instead: name =>
        {
            if (name != nameof(IJobStore.FetchAsync))
                return null;
            asked.TrySetResult();
            return new ValueTask<IReadOnlyList<LeasedJob>>(never.Task);
        }))
        {
            await asked.Task;
            host.Time.Advance(Lease);
            Assert.Equal(HealthStatus.Healthy, (await CheckAsync(host)).Status);
            host.Time.Advance(TimeSpan.FromTicks(1));
            Assert.Equal(HealthStatus.Unhealthy, (await CheckAsync(host)).Status);
            never.SetResult([]);
        }
    }

    [Fact]
    public async Task OpensTheStoreAgain_WhenItCannotBeQueried()
    {
        int opened = 0;
        bool fails = false;
        var services = new ServiceCollection();
        services.AddLogging().AddProDevJobs();
        services.AddHealthChecks().AddProDevJobs(static o => o.MaxQueued = 0);
        services.Replace(ServiceDescriptor.Singleton(FaultyStore.Create(new MinimalStore(), name =>
        {
            if (name != nameof(IJobStore.OpenAsync))
                return null;
            opened++;
            return fails ? throw new JobStoreException("The broker is gone.") : null;
        })));
        await using ServiceProvider provider = services.BuildServiceProvider();

        HealthReportEntry entry = await CheckAsync(provider);
        Assert.Equal(HealthStatus.Healthy, entry.Status);
        Assert.Equal(["workers"], entry.Data.Keys);
        Assert.Equal(1, opened);

        fails = true;
        Assert.Equal(HealthStatus.Unhealthy, (await CheckAsync(provider)).Status);
    }

    [Fact]
    public void HasTheDocumentedDefaults()
    {
        var services = new ServiceCollection();
        services.AddHealthChecks().AddProDevJobs().AddProDevJobs(null, "two", HealthStatus.Degraded, ["ready"], TimeSpan.FromSeconds(2));
        using ServiceProvider provider = services.BuildServiceProvider();
        List<HealthCheckRegistration> checks = [.. provider.GetRequiredService<IOptions<HealthCheckServiceOptions>>().Value.Registrations];

        Assert.Equal(["prodev-jobs", "two"], checks.Select(static c => c.Name));
        Assert.Equal([HealthStatus.Unhealthy, HealthStatus.Degraded], checks.Select(static c => c.FailureStatus));
        Assert.Equal([TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(2)], checks.Select(static c => c.Timeout));
        Assert.Empty(checks[0].Tags);
        Assert.Equal(["ready"], checks[1].Tags);
        Assert.Null(new JobsHealthOptions().MaxDeadLetters);
        Assert.Null(new JobsHealthOptions().MaxQueued);
    }

    [Fact]
    public void NamesEveryFault_WhenLimitsAreNegative()
    {
        IHealthChecksBuilder checks = new ServiceCollection().AddHealthChecks();

        ArgumentException error = Assert.Throws<ArgumentException>(() => checks.AddProDevJobs(static o =>
        {
            o.MaxDeadLetters = -1;
            o.MaxQueued = -2;
        }));

        Assert.Equal(
            "JobsHealthOptions.MaxDeadLetters is '-1'. Set it to 0 or more, or to null for any number. " +
            "JobsHealthOptions.MaxQueued is '-2'. Set it to 0 or more, or to null for any number. (Parameter 'configure')",
            error.Message);
    }

    private static Task<JobHost> StartAsync(
        Func<string, object?>? instead = null, Action<JobsHealthOptions>? limits = null, Action<IHealthChecksBuilder>? checks = null)
        => JobHost.CreateAsync(configure: jobs =>
        {
            (checks ?? (c => c.AddProDevJobs(limits)))(jobs.Services.AddHealthChecks());
            if (instead is not null)
            {
                jobs.Services.AddSingleton<MemoryJobStore>();
                jobs.Services.Replace(ServiceDescriptor.Singleton(s => FaultyStore.Create(s.GetRequiredService<MemoryJobStore>(), instead)));
            }
        });

    private static Task<HealthReportEntry> CheckAsync(JobHost host) => CheckAsync(host.Services);

    private static async Task<HealthReportEntry> CheckAsync(IServiceProvider services)
        => Assert.Single((await services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries).Value;
}
