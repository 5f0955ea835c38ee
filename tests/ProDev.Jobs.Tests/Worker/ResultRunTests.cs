using Microsoft.Extensions.DependencyInjection;
using ProDev.Jobs.Conformance;

namespace ProDev.Jobs.Tests;

/// <summary>Results, revocation and the settings of a single job, as the worker sees them.</summary>
public sealed class ResultRunTests
{
    [Theory]
    [InlineData(false, "cannot be serialised: it says no")]
    [InlineData(true, "bytes as JSON; at most 1000 are allowed (JobsOptions.MaxPayloadBytes)")]
    public async Task JobIsADeadLetterAndNotTriedAgain_WhenItsResultCannotBeStored(bool isLarge, string why)
    {
        await using JobHost host = await JobHost.CreateAsync(configure: jobs =>
        {
            jobs.Services.Configure<JobsOptions>(o =>
            {
                o.MaxPayloadBytes = 1000;
                o.SerializerOptions.Converters.Add(new StubbornConverter());
            });
            jobs.AddJob<ReturningJob, ReturningJob.Args, ReturningJob.Result>(new JobDefinition("returning"), _ => new ReturningJob());
        });

        JobHandle<ReturningJob.Result> handle = await host.Client.EnqueueAsync<ReturningJob, ReturningJob.Args, ReturningJob.Result>(
            new ReturningJob.Args(isLarge ? 2000 : -1));

        JobInfo dead = await host.UntilAsync(handle.Id, JobState.DeadLettered);
        Assert.Equal((DeadLetterReason.InvalidResult, 1), (dead.DeadLetterReason, dead.Attempt));
        Assert.Contains("did its work, but its result", dead.Error, StringComparison.Ordinal);
        Assert.Contains(why, dead.Error, StringComparison.Ordinal);
        JobFailedException error = await Assert.ThrowsAsync<JobFailedException>(() => handle.ResultAsync().WaitAsync(JobHost.Hang));
        Assert.Equal(dead, error.Job);
    }

    [Fact]
    public async Task JobIsADeadLetter_WhenAMiddlewareSkipsItAndItsResultCannotBeNull()
    {
        await using JobHost host = await JobHost.CreateAsync(configure: jobs => jobs
            .AddJobMiddleware<SkippingMiddleware>()
            .AddJob<DoubleJob, int, int>(new JobDefinition("double"), _ => new DoubleJob()));

        JobHandle handle = await host.Client.EnqueueAsync(1);

        JobInfo dead = await host.UntilAsync(handle.Id, JobState.DeadLettered);
        Assert.Equal(DeadLetterReason.InvalidResult, dead.DeadLetterReason);
        Assert.Equal("The job 'double' has no result of type 'System.Int32': a middleware ended the attempt without running it.", dead.Error);
    }

    [Fact]
    public async Task LimitOfTheJobCounts_WhenItHasOneOfItsOwn()
    {
        await using JobHost host = await JobHost.CreateAsync(new JobDefinition(JobHost.JobName) { HardTimeLimit = TimeSpan.FromDays(1) });
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Body = async (_, _) =>
        {
            started.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, CancellationToken.None);
        };
        Guid id = await host.EnqueueAsync(o => (o.HardTimeLimit, o.MaxAttempts) = (TimeSpan.FromSeconds(2), 1));
        await started.Task.WaitAsync(JobHost.Hang);

        host.Time.Advance(TimeSpan.FromSeconds(2));

        JobInfo dead = await host.UntilAsync(id, JobState.DeadLettered);
        Assert.Contains("hard time limit, '00:00:02'", dead.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EnqueueFails_WhenALimitOfTheJobIsOutOfRange()
    {
        await using JobHost host = await JobHost.CreateAsync(start: false);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => host.EnqueueAsync(o => o.SoftTimeLimit = TimeSpan.Zero));
        ArgumentException error = await Assert.ThrowsAsync<ArgumentException>(
            () => host.EnqueueAsync(o => (o.SoftTimeLimit, o.HardTimeLimit) = (TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1))));
        Assert.Contains("not shorter than its HardTimeLimit", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task JobSeesItsHeaders_WhenTheyTravelWithIt()
    {
        await using JobHost host = await JobHost.CreateAsync();

        Guid id = await host.EnqueueAsync(o =>
        {
            o.Headers["tenant"] = "a";
            o.Tags.Add("nightly");
        });

        await host.UntilAsync(id, JobState.Succeeded);
        JobContext run = Assert.Single(host.Runs);
        Assert.Equal(("a", id, null), (run.Headers["tenant"], run.RootId, run.ParentId));
    }

    [Fact]
    public async Task JobIsNotStarted_WhenItIsRevokedWhileItWaitsInTheWorker()
    {
        await using JobHost host = await JobHost.CreateAsync(worker: o => o.Prefetch = 1);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Body = (_, _) => release.Task;
        Guid first = await host.EnqueueAsync();
        Guid second = await host.EnqueueAsync();
        await host.UntilAsync(async () => (await host.Client.CountAsync()).Running == 2);

        Assert.Equal(JobRevocation.Requested, await host.Client.RevokeAsync(second));
        await host.UntilAsync(() => Task.FromResult(host.Logs.Entries.Any(e => e.Text.Contains("was revoked in attempt 1", StringComparison.Ordinal))), TimeSpan.FromMilliseconds(200));
        release.SetResult();

        await host.UntilAsync(second, JobState.Revoked);
        Assert.Equal([first], host.Runs.Select(r => r.Id));
    }

    [Fact]
    public async Task JobIsRevoked_WhenItOutlivesItsLastHardLimitAfterItWasRevoked()
    {
        await using JobHost host = await JobHost.CreateAsync(new JobDefinition(JobHost.JobName) { MaxAttempts = 1, HardTimeLimit = TimeSpan.FromMinutes(1) });
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Body = (_, _) => release.Task;
        Guid id = await host.EnqueueAsync();
        await host.UntilAsync(() => Task.FromResult(!host.Runs.IsEmpty));

        await host.Client.RevokeAsync(id);
        await host.UntilAsync(() => Task.FromResult(host.Runs.Single().CancellationCause == JobCancellationCause.Revoked), TimeSpan.FromMilliseconds(200));
        await host.UntilAsync(async () => (await host.Client.FindAsync(id))!.State != JobState.Running, TimeSpan.FromSeconds(5));

        Assert.Equal(JobState.Revoked, (await host.Client.FindAsync(id))!.State);
        release.SetResult();
    }

    [Fact]
    public async Task DeadLettersAreReplayedOrDiscardedPageByPage_WhenThereAreMany()
    {
        await using JobHost host = await JobHost.CreateAsync(new JobDefinition(JobHost.JobName) { MaxAttempts = 1 });
        host.Body = static (_, _) => throw new InvalidOperationException("broken");
        for (int i = 0; i < 5; i++)
            await host.EnqueueAsync();
        await host.UntilAsync(async () => (await host.Client.CountAsync()).DeadLettered == 5);

        host.Body = static (_, _) => Task.CompletedTask;
        Assert.Equal(0, await host.Client.ReplayAllAsync(new DeadLetterQuery { Name = "another" }));
        Assert.Equal(5, await host.Client.ReplayAllAsync(new DeadLetterQuery { Take = 2 }));
        await host.UntilAsync(async () => (await host.Client.CountAsync()).Succeeded == 5);

        Assert.Equal(0, await host.Client.DiscardAllAsync());
    }

    [Fact]
    public async Task HandleSaysWhatToDo_WhenItWasMadeByHand()
    {
        InvalidOperationException error = await Assert.ThrowsAsync<InvalidOperationException>(() => new JobHandle(Guid.NewGuid()).ResultAsync<int>());

        Assert.Contains("Pass its Id to IJobClient.ResultAsync", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WaitingFails_WhenThereIsNoSuchJob()
    {
        await using JobHost host = await JobHost.CreateAsync();
        var id = Guid.NewGuid();

        InvalidOperationException error = await Assert.ThrowsAsync<InvalidOperationException>(() => host.Client.WaitAsync(id).WaitAsync(JobHost.Hang));

        Assert.StartsWith($"There is no job {id} in the store.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WaitEndsWithTheCallersToken_WhenItIsCancelled()
    {
        await using JobHost host = await JobHost.CreateAsync(start: false);
        Guid id = await host.EnqueueAsync();
        using var cancellation = new CancellationTokenSource();
        Task<JobInfo> waiting = host.Client.WaitAsync(id, cancellation.Token);

        await cancellation.CancelAsync();

        OperationCanceledException error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(JobHost.Hang));
        Assert.Equal(cancellation.Token, error.CancellationToken);
    }

    private sealed class SkippingMiddleware : IJobMiddleware
    {
        public Task InvokeAsync(JobContext context, JobDelegate next, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
