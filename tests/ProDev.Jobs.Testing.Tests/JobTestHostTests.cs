using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ProDev.Jobs.Testing.Tests;

public sealed class JobTestHostTests
{
    [Fact]
    public async Task ShowsDeadLetters_WithTheirErrors()
    {
        await using JobTestHost host = await Work.StartAsync(static _ => throw new JobGivenUpException("no such account"));
        Guid id = await host.EnqueueAsync("a");
        host.ShouldHaveNoDeadLetters();
        await host.RunUntilDoneAsync();

        JobTestException error = Assert.Throws<JobTestException>(host.ShouldHaveNoDeadLetters);

        Assert.StartsWith(
            "There are dead letters, 1 in all:" + Environment.NewLine +
            $"- 'work' {id}, attempt 1 of 3, given up, GivenUp: ProDev.Jobs.JobGivenUpException: no such account",
            error.Message,
            StringComparison.Ordinal);
        Assert.Equal(id, Assert.Single(host.DeadLetters).Id);
        Assert.Equal(DeadLetterReason.GivenUp, Assert.Single(host.Runs).DeadLetterReason);
    }

    [Fact]
    public async Task RecordsAJobThatWasNotStarted_WithoutArguments()
    {
        await using JobTestHost host = await Work.StartAsync(static _ => Task.CompletedTask);
        await host.EnqueueAsync("a", o => o.Expires = TimeSpan.FromMinutes(1));
        host.Advance(TimeSpan.FromMinutes(2));
        await host.RunUntilIdleAsync();

        JobTestRun run = Assert.Single(host.Runs);
        Assert.Equal(DeadLetterReason.Expired, run.DeadLetterReason);
        Assert.Null(run.Args);
    }

    [Fact]
    public async Task KeepsTheArgumentsAsTheyWereStored_WhenTheJobChangesItsOwn()
    {
        await using JobTestHost host = await JobTestHost.StartAsync(static jobs => jobs.AddJob<AddsOne, List<int>>(new JobDefinition("adds"), static _ => new AddsOne()));
        await host.Jobs.EnqueueAsync(new List<int> { 1 });
        await host.RunUntilIdleAsync();

        Assert.Equal([1], Assert.IsType<List<int>>(Assert.Single(host.Runs).Args));
    }

    [Fact]
    public async Task DoNotDisturbEachOther_WhenHostsRunInParallel()
    {
        await Task.WhenAll(Enumerable.Range(1, 8).Select(static async hours =>
        {
            await using JobTestHost host = await Work.StartAsync(static async call =>
            {
                await Task.Delay(TimeSpan.FromMinutes(30), call.Time, call.Token);
                if (call.Text.Length > 1)
                    await call.EnqueueAsync(call.Text[1..], TimeSpan.FromMinutes(30));
            });
            await host.EnqueueAsync(new string('.', hours));
            await host.RunUntilDoneAsync();

            Assert.Equal(hours, host.Runs.Count);
            Assert.Equal(TimeSpan.FromMinutes((60 * hours) - 30), host.Elapsed());
        }));
    }

    [Fact]
    public async Task UsesTheFake_WhenTheRegistrationOfTheJobsBringsTheRealThing()
    {
        var seen = new List<string>();
        await using JobTestHost host = await JobTestHost.StartAsync(
            jobs =>
            {
                jobs.Services.AddSingleton("real").AddSingleton(TimeProvider.System).AddHostedService<NeverStarted>();
                jobs.UseInMemory().AddWorker().AddJob<WorkJob, WorkJob.Args>(new JobDefinition(Work.Name), s => new WorkJob(
                    _ =>
                    {
                        seen.Add(s.GetRequiredService<string>());
                        return Task.CompletedTask;
                    },
                    s.GetRequiredService<TimeProvider>(),
                    s.GetRequiredService<IJobClient>()));
            },
            services => services.AddSingleton("fake"));
        await host.EnqueueAsync("a");
        await host.RunUntilIdleAsync();

        Assert.Equal(["fake"], seen);
        Assert.Same(host.Time, host.Services.GetRequiredService<TimeProvider>());
        Assert.NotNull(host.Services.GetRequiredService<ILogger<WorkJob>>());
    }

    [Fact]
    public async Task NamesEveryFault_WhenSettingsAreOutOfRange()
    {
        ArgumentException error = await Assert.ThrowsAsync<ArgumentException>(() => Work.StartAsync(static _ => Task.CompletedTask, o =>
        {
            o.Concurrency = 0;
            o.MaxRuns = 0;
            o.MaxSpan = TimeSpan.FromTicks(-1);
            o.HangTimeout = TimeSpan.Zero;
            o.Queues.Add("a b");
        }));

        Assert.Equal(
            "JobTestOptions.Concurrency is '0'. Set it to 1 or more. JobTestOptions.MaxSpan is '-00:00:00.0000001'. Set it to zero or more. " +
            "JobTestOptions.MaxRuns is '0'. Set it to 1 or more. JobTestOptions.HangTimeout is '00:00:00'. Set it to more than zero, or to " +
            "Timeout.InfiniteTimeSpan. JobTestOptions.Queues contains the malformed name 'a b'. (Parameter 'configure')",
            error.Message);
    }

    [Fact]
    public void HasTheDocumentedDefaults()
    {
        var options = new JobTestOptions();

        Assert.Equal(1, options.Concurrency);
        Assert.Empty(options.Queues);
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), options.StartTime);
        Assert.Equal(TimeSpan.FromDays(1), options.MaxSpan);
        Assert.Equal(10_000, options.MaxRuns);
        Assert.Equal(TimeSpan.FromSeconds(30), options.HangTimeout);
    }

    [Fact]
    public async Task CancelsWhatRunsAndDisposesServices_WhenItIsDisposed()
    {
        var probe = new Probe();
        JobTestHost host = await Work.StartAsync(
            static call => Task.Delay(TimeSpan.FromHours(1), call.Time, call.Token), services: s => s.AddSingleton(_ => probe));
        _ = host.Services.GetRequiredService<Probe>();
        await host.EnqueueAsync("a");
        await host.RunUntilIdleAsync();
        await host.DisposeAsync();
        await host.DisposeAsync();

        Assert.True(probe.IsDisposed);
        Assert.Equal(JobTestOutcome.Returned, Assert.Single(host.Runs).Outcome);
        Assert.IsAssignableFrom<OperationCanceledException>(host.Runs[0].Exception);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => host.RunUntilIdleAsync());
    }

    [Fact]
    public async Task LeavesAJobToItself_WhenItIgnoresItsTokenAtDisposal()
    {
        JobTestHost host = await Work.StartAsync(static call => Task.Delay(TimeSpan.FromHours(1), call.Time, CancellationToken.None));
        await host.EnqueueAsync("a");
        await host.RunUntilIdleAsync();
        await host.DisposeAsync();

        Assert.Empty(host.Runs);
        Assert.Equal(TimeSpan.FromSeconds(5), host.Elapsed());
    }

    private sealed class AddsOne : IJob<List<int>>
    {
        public Task RunAsync(List<int> args, JobContext context, CancellationToken cancellationToken)
        {
            args.Add(2);
            return Task.CompletedTask;
        }
    }

    private sealed class NeverStarted : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => throw new InvalidOperationException("A test host starts jobs only.");

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class Probe : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }
}
