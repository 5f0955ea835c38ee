using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;

namespace ProDev.Jobs.Tests;

/// <summary>Code that runs around every job.</summary>
public sealed class MiddlewareTests
{
    private readonly Trail _trail = new();

    [Fact]
    public async Task MiddlewareRunsInTheOrderOfItsRegistration_WhenThereAreSeveral()
    {
        await using JobHost host = await StartAsync(jobs => jobs.AddJobMiddleware<Outer>().AddJobMiddleware<Inner>().AddJobMiddleware<Outer>());
        host.Body = (_, _) =>
        {
            _trail.Steps.Enqueue("job");
            return Task.CompletedTask;
        };

        await host.UntilAsync(await host.EnqueueAsync(), JobState.Succeeded);

        Assert.Equal(["outer in", "inner in", "job", "inner out", "outer out"], _trail.Steps);
    }

    [Fact]
    public async Task EachRunHasAScopeThatIsSharedByAllMiddleware()
    {
        await using JobHost host = await StartAsync(jobs => jobs.AddJobMiddleware<Outer>().AddJobMiddleware<Inner>());

        await host.UntilAsync(await host.EnqueueAsync(), JobState.Succeeded);
        await host.UntilAsync(await host.EnqueueAsync(), JobState.Succeeded);

        ScopeProbe[] probes = [.. _trail.Probes];
        Assert.Equal(4, probes.Length);
        Assert.Same(probes[0], probes[1]);
        Assert.Same(probes[2], probes[3]);
        Assert.NotSame(probes[0], probes[2]);
        await host.UntilAsync(() => Task.FromResult(probes.All(p => p.Disposed)));
    }

    [Fact]
    public async Task ExceptionOfAMiddlewareCountsAsTheJobs()
    {
        await using JobHost host = await StartAsync(jobs => jobs.AddJobMiddleware<Inner>());
        _trail.Failure = new JobGivenUpException("no such tenant");

        JobInfo dead = await host.UntilAsync(await host.EnqueueAsync(), JobState.DeadLettered);

        Assert.Equal(DeadLetterReason.GivenUp, dead.DeadLetterReason);
        Assert.Contains("no such tenant", dead.Error, StringComparison.Ordinal);
        Assert.Empty(host.Runs);
    }

    [Fact]
    public async Task ExceptionOfTheJobPassesThroughTheMiddleware_WhenItDoesNotCatchIt()
    {
        await using JobHost host = await StartAsync(jobs => jobs.AddJobMiddleware<Outer>());
        host.Body = static (_, _) => throw new JobGivenUpException("broken");

        await host.UntilAsync(await host.EnqueueAsync(), JobState.DeadLettered);

        Assert.Equal(["outer in", "outer saw JobGivenUpException"], _trail.Steps);
    }

    [Fact]
    public async Task JobIsSkippedAndSucceeds_WhenAMiddlewareDoesNotCallNext()
    {
        await using JobHost host = await StartAsync(jobs => jobs.AddJobMiddleware<Inner>());
        _trail.Skip = true;

        await host.UntilAsync(await host.EnqueueAsync(), JobState.Succeeded);

        Assert.Empty(host.Runs);
    }

    [Fact]
    public async Task JobGetsTheTokenThatTheMiddlewarePassesOn()
    {
        using var own = new CancellationTokenSource();
        await using JobHost host = await StartAsync(jobs => jobs.AddJobMiddleware<Inner>());
        _trail.Token = own.Token;
        CancellationToken seen = default;
        host.Body = (_, token) =>
        {
            seen = token;
            return Task.CompletedTask;
        };

        await host.UntilAsync(await host.EnqueueAsync(), JobState.Succeeded);

        Assert.Equal(own.Token, seen);
    }

    private Task<JobHost> StartAsync(Action<IProDevJobsBuilder> configure) => JobHost.CreateAsync(configure: jobs =>
    {
        jobs.Services.AddSingleton(_trail).AddScoped<ScopeProbe>();
        configure(jobs);
    });

    private sealed class Trail
    {
        public ConcurrentQueue<string> Steps { get; } = new();

        public ConcurrentQueue<ScopeProbe> Probes { get; } = new();

        public Exception? Failure { get; set; }

        public bool Skip { get; set; }

        public CancellationToken? Token { get; set; }
    }

    private sealed class Outer(Trail trail, ScopeProbe probe) : IJobMiddleware
    {
        public async Task InvokeAsync(JobContext context, JobDelegate next, CancellationToken cancellationToken)
        {
            trail.Probes.Enqueue(probe);
            trail.Steps.Enqueue("outer in");
            try
            {
                await next(cancellationToken);
            }
            catch (Exception e)
            {
                trail.Steps.Enqueue($"outer saw {e.GetType().Name}");
                throw;
            }

            trail.Steps.Enqueue("outer out");
        }
    }

    private sealed class Inner(Trail trail, ScopeProbe probe) : IJobMiddleware
    {
        public async Task InvokeAsync(JobContext context, JobDelegate next, CancellationToken cancellationToken)
        {
            trail.Probes.Enqueue(probe);
            trail.Steps.Enqueue("inner in");
            if (trail.Failure is { } failure)
                throw failure;
            if (!trail.Skip)
                await next(trail.Token ?? cancellationToken);
            trail.Steps.Enqueue("inner out");
        }
    }
}
