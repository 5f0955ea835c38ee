using Microsoft.Extensions.DependencyInjection;
using ProDev.Jobs.Conformance;

namespace ProDev.Jobs.Tests;

/// <summary>Plans that cannot work are refused before anything is stored.</summary>
public sealed class CanvasPlanTests : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public CanvasPlanTests()
    {
        var services = new ServiceCollection();
        services.AddProDevJobs(o => o.MaxPayloadBytes = 2000)
            .AddJob<AddJob, AddJob.Args, int>(new JobDefinition("add"), _ => new AddJob())
            .AddJob<DoubleJob, int, int>(new JobDefinition("double"), _ => new DoubleJob())
            .AddJob<SumJob, int[], int>(new JobDefinition("sum"), _ => new SumJob())
            .AddJob<SilentJob, SilentJob.Args>(new JobDefinition("silent"), _ => new SilentJob());
        _services = services.BuildServiceProvider();
    }

    private IJobClient Client => _services.GetRequiredService<IJobClient>();

    private static JobCanvas Add => Canvas.Job(new AddJob.Args(1, 2));

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    [Fact]
    public async Task PlanIsRefused_WhenAJobTakesTheResultOfOneThatReturnsNothing()
        => await RefusedAsync(
            Canvas.Job(new SilentJob.Args("a")).Then(Canvas.Job<DoubleJob>()),
            "the job 'double' takes the result of the job 'silent', which returns nothing. Let 'silent' implement IJob<TArgs, TResult>");

    [Fact]
    public async Task PlanIsRefused_WhenAJobTakesTheResultsOfAGroupThatReturnsNothing()
    {
        await RefusedAsync(
            Canvas.Map([new SilentJob.Args("a"), new SilentJob.Args("b")]).Then(Canvas.Job<SumJob>()),
            "the job 'sum' takes the result of the job 'silent', which returns nothing");
        await Client.EnqueueCanvasAsync(Canvas.Group(Add, Canvas.Job(new SilentJob.Args("a"))).Then(Canvas.Job<SumJob>()));
    }

    [Fact]
    public async Task PlanIsRefused_WhenACallbackTakesTheResultOfOneThatReturnsNothing()
        => await RefusedAsync(
            Canvas.Job(new SilentJob.Args("a")).OnSuccess(Canvas.Job<DoubleJob>()), "the callback 'double' takes the result of the job 'silent'");

    [Fact]
    public async Task PlanIsRefused_WhenItsFirstJobHasNoArguments()
    {
        await RefusedAsync(Canvas.Job<DoubleJob>(), "The job 'double' begins the canvas");
        await RefusedAsync(Canvas.Group(Add, Canvas.Job<DoubleJob>()), "The job 'double' begins the canvas");
    }

    [Fact]
    public async Task PlanIsRefused_WhenAMemberHasNoJob()
        => await RefusedAsync(Canvas.Group(Add, Canvas.Chain()), "Member 1 of a group in the canvas has no job");

    [Fact]
    public async Task PlanIsRefused_WhenAJobHasAnIdempotencyKey()
        => await RefusedAsync(Canvas.Job(new AddJob.Args(1, 2), o => o.IdempotencyKey = "k").Then(Canvas.Job<DoubleJob>()), "IdempotencyKey 'k'");

    [Fact]
    public async Task PlanIsRefused_WhenWhatFollowsIsTooLarge()
        => await RefusedAsync(
            Canvas.Chain([Add, .. Enumerable.Range(0, 40).Select(_ => Canvas.Job<DoubleJob>())]), "at most 2000 are allowed. Shorten the chain");

    [Fact]
    public async Task PlanIsRefused_WhenAnOptionOfALaterJobIsOutOfRange()
    {
        foreach (JobCanvas wrong in (JobCanvas[])[With(o => o.Priority = 10), With(o => o.Queue = "no queue"), With(o => o.MaxAttempts = 0)])
        {
            await RefusedAsync(Add.Then(Canvas.Group(Add, wrong)), "");
            await RefusedAsync(Add.OnSuccess(wrong), "");
            await RefusedAsync(Add.OnError(wrong), "");
        }

        static JobCanvas With(Action<EnqueueOptions> configure) => Canvas.Job(new AddJob.Args(1, 2), configure);
    }

    [Fact]
    public async Task PlanIsRefused_WhenItIsNestedTooDeeply()
    {
        Canvas plan = Add;
        for (int depth = 0; depth < 1000; depth++)
            plan = Canvas.Group(plan);

        await RefusedAsync(Add.Then(plan), "nested too deeply");
    }

    [Fact]
    public async Task PlanIsRefused_WhenALoopMadeItFarTooLong()
    {
        Canvas plan = Add;
        for (int step = 0; step < 20_000; step++)
            plan = plan.Then(Canvas.Job<DoubleJob>());

        await RefusedAsync(plan, "Shorten the chain");
    }

    [Fact]
    public async Task PlanIsRefused_WhenAJobIsNotRegistered()
        => await Assert.ThrowsAsync<InvalidOperationException>(() => Client.EnqueueCanvasAsync(Add.Then(Canvas.Job<JoinJob>())));

    [Fact]
    public void NullsAreRefused()
    {
        Assert.Throws<ArgumentNullException>(() => Canvas.Chain(Add, null!));
        Assert.Throws<ArgumentNullException>(() => Canvas.Group([null!]));
        Assert.Throws<ArgumentNullException>(() => Canvas.Chord(null!, Add));
        Assert.Throws<ArgumentNullException>(() => Canvas.Map<AddJob.Args>(null!));
        Assert.Throws<ArgumentNullException>(() => Add.Then(null!));
        Assert.Throws<ArgumentNullException>(() => Add.OnError(null!));
        Assert.Throws<ArgumentNullException>(() => Add.OnSuccess(null!));
    }

    [Fact]
    public async Task NothingIsEnqueued_WhenThePlanIsEmpty()
    {
        CanvasHandle handle = await Client.EnqueueCanvasAsync(Canvas.Group());

        Assert.Empty(handle.JobIds);
        Assert.Empty(await handle.ResultAsync<int[]>());
        Assert.Equal(new JobCounts(), await Client.CountAsync());
    }

    [Fact]
    public async Task PlanMakesJobsOfItsOwnEachTime_WhenItIsEnqueuedTwice()
    {
        Canvas plan = Add.Then(Canvas.Job<DoubleJob>());

        CanvasHandle first = await Client.EnqueueCanvasAsync(plan);
        CanvasHandle second = await Client.EnqueueCanvasAsync(plan);

        Assert.Equal(4, first.JobIds.Concat(second.JobIds).Distinct().Count());
        Assert.Equal(2, (await Client.CountAsync()).Queued);
    }

    [Fact]
    public async Task PlanMakesTheSameJobs_WhenItIsEnqueuedAgainWithItsKey()
    {
        Canvas plan = Canvas.Group(Add, Add).Then(Canvas.Job<SumJob>().OnError(Add)).Then(Canvas.Job<DoubleJob>());

        CanvasHandle first = await Client.EnqueueCanvasAsync(plan, "import");
        CanvasHandle again = await Client.EnqueueCanvasAsync(plan, "import");
        CanvasHandle other = await Client.EnqueueCanvasAsync(plan, "export");

        Assert.Equal(first.JobIds, again.JobIds);
        Assert.Empty(first.JobIds.Intersect(other.JobIds));
        Assert.Equal(4, first.JobIds.Distinct().Count());
        Assert.Equal((false, true, false), (first.AlreadyExisted, again.AlreadyExisted, other.AlreadyExisted));
        Assert.Equal(4, (await Client.CountAsync()).Queued);
        Assert.Equal('8', $"{first.JobIds[0]}"[14]);
        await Assert.ThrowsAsync<ArgumentException>(() => Client.EnqueueCanvasAsync(plan, " "));
    }

    [Fact]
    public async Task EnqueueFails_WhenTheStoreCannotStartWhatFollows()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IJobStore>(new MinimalStore());
        services.AddProDevJobs()
            .AddJob<AddJob, AddJob.Args, int>(new JobDefinition("add"), _ => new AddJob())
            .AddJob<DoubleJob, int, int>(new JobDefinition("double"), _ => new DoubleJob());
        await using ServiceProvider provider = services.BuildServiceProvider();
        IJobClient client = provider.GetRequiredService<IJobClient>();

        NotSupportedException error = await Assert.ThrowsAsync<NotSupportedException>(
            () => client.EnqueueCanvasAsync(Add.Then(Canvas.Job<DoubleJob>())));

        Assert.Contains("cannot start what follows a job", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<NotSupportedException>(() => client.RevokeAsync(Guid.NewGuid()));
        await Assert.ThrowsAsync<NotSupportedException>(() => client.PauseAsync("default"));
        await Assert.ThrowsAsync<NotSupportedException>(() => client.WaitAsync(Guid.NewGuid()));
    }

    private async Task RefusedAsync(Canvas plan, string why)
    {
        ArgumentException error = await Assert.ThrowsAnyAsync<ArgumentException>(() => Client.EnqueueCanvasAsync(plan));

        Assert.Contains(why, error.Message, StringComparison.Ordinal);
        Assert.Equal(new JobCounts(), await Client.CountAsync());
    }

    private sealed class SilentJob : IJob<SilentJob.Args>
    {
        public sealed record Args(string Text);

        public Task RunAsync(Args args, JobContext context, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
