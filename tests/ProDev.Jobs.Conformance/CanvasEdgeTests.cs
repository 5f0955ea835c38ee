using System.Text.Json;

namespace ProDev.Jobs.Conformance;

/// <summary>Plans that are deep, half forgotten, or end with nothing.</summary>
public abstract class CanvasEdgeTests : HostedTests
{
    private static JobCanvas Add => Canvas.Job(new AddJob.Args(1, 2));

    [Fact]
    public async Task StepRuns_WhenItsArgumentsAreAsDeepAsASingleJobMayHave()
    {
        await StartAsync();
        JsonElement deep = JsonDocument.Parse(new string('[', 60) + new string(']', 60)).RootElement;

        CanvasHandle handle = await Client.EnqueueCanvasAsync(Add.Then(Canvas.Job<NestedSumJob, JsonElement[]>([deep])));

        Assert.Equal(deep.GetRawText(), await handle.ResultAsync<string>().WaitAsync(Hang));
    }

    [Fact]
    public async Task PlanRuns_WhenItIsNestedDeeply()
    {
        await StartAsync();
        Canvas first = Add;
        Canvas last = Canvas.Job(new AddJob.Args(3, 4));
        for (int depth = 0; depth < 80; depth++)
            (first, last) = (Canvas.Group(first), Canvas.Group(last));

        CanvasHandle handle = await Client.EnqueueCanvasAsync(Canvas.Chain(Add, first, last));

        await UntilAsync(handle.JobIds[2], JobState.Succeeded);
    }

    [Fact]
    public async Task EveryHandlerRunsOnce_WhenHandlersAreNestedDeeply()
    {
        const int Handlers = 12;
        Script.Body = static (_, _, _) => throw new JobGivenUpException("no");
        await StartAsync();
        Canvas plan = Canvas.Job(new ScriptedJob.Args("a"));
        for (int i = 0; i < Handlers; i++)
            plan = plan.OnError(Canvas.Job<FailureJob>());

        await Client.EnqueueCanvasAsync(plan);

        await UntilAsync(async () => await Client.CountAsync() == new JobCounts { DeadLettered = 1, Succeeded = Handlers });
        Assert.Equal(Handlers, Script.Failures.Count);
    }

    [Fact]
    public async Task WaitingFailsClearly_WhenTheResultCannotBeReadAsTheType()
    {
        await StartAsync();
        JobHandle handle = await Client.EnqueueAsync(new WrapAnyJob.Any(JsonSerializer.SerializeToElement(1)));

        foreach (Func<Task> read in (Func<Task>[])[() => handle.ResultAsync<string>(), () => handle.ResultAsync<IFormattable>()])
        {
            InvalidOperationException error = await Assert.ThrowsAsync<InvalidOperationException>(() => read().WaitAsync(Hang));
            Assert.Contains("does not fit", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task WaitingFails_WhenTheJobsOfThePlanWerePruned()
    {
        await StartAsync();
        CanvasHandle handle = await Client.EnqueueCanvasAsync(Canvas.Group(Add, Add).Then(Canvas.Job<SumJob>()));
        await UntilAsync(handle.JobIds[2], JobState.Succeeded);
        await Store.PruneAsync(TimeSpan.Zero, 100, default);

        InvalidOperationException error = await Assert.ThrowsAsync<InvalidOperationException>(() => handle.ResultAsync<int>().WaitAsync(Hang));

        Assert.Contains("pruned", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WaitingFails_WhenAMemberWasDiscarded()
    {
        Script.Body = static (_, _, _) => throw new JobGivenUpException("no");
        await StartAsync();
        CanvasHandle handle = await Client.EnqueueCanvasAsync(Canvas.Group(Add, Canvas.Job(new ScriptedJob.Args("a"))).Then(Add));
        await UntilAsync(handle.JobIds[1], JobState.DeadLettered);
        await UntilAsync(handle.JobIds[0], JobState.Succeeded);
        await Client.DiscardAsync(handle.JobIds[1]);

        await Assert.ThrowsAsync<InvalidOperationException>(() => handle.ResultAsync<int>().WaitAsync(Hang));
    }

    [Fact]
    public async Task ResultIsNotThere_WhenThePlanEndsWithAnEmptyGroupAndWhatIsBeforeHasNotEnded()
    {
        var release = new Gate();
        Script.Body = (_, _, token) => release.Opened.WaitAsync(token);
        await StartAsync();

        CanvasHandle handle = await Client.EnqueueCanvasAsync(Canvas.Chain(Canvas.Job(new ScriptedJob.Args("a")), Canvas.Group()));
        Task<int[]> result = handle.ResultAsync<int[]>();
        await UntilAsync(handle.JobIds[0], JobState.Running);
        Assert.False(result.IsCompleted);
        release.Open();

        Assert.Empty(await result.WaitAsync(Hang));
    }

    [Fact]
    public async Task EveryJobHasTheSameRoot_WhenThePlanBeginsWithAGroup()
    {
        await StartAsync();
        Canvas member = Canvas.Job(new ScriptedJob.Args("a"));

        CanvasHandle handle = await Client.EnqueueCanvasAsync(Canvas.Group(member, member).Then(member));
        await UntilAsync(() => Task.FromResult(Script.Runs.Count == 3));

        Assert.All(Script.Runs, r => Assert.Equal(handle.JobIds[0], r.RootId));
    }

    [Fact]
    public async Task NothingIsEnqueuedAgain_WhenSomeJobsOfThePlanWerePruned()
    {
        bool isBroken = true;
        Script.Body = (_, _, _) => isBroken ? throw new JobGivenUpException("no") : Task.CompletedTask;
        await StartAsync();
        Canvas plan = Canvas.Group(Add, Canvas.Job(new ScriptedJob.Args("a")).Then(Add)).Then(Canvas.Job<SumJob>());
        CanvasHandle first = await Client.EnqueueCanvasAsync(plan, "import");
        await UntilAsync(async () => await Client.CountAsync() == new JobCounts { Succeeded = 1, DeadLettered = 1 });
        await Store.PruneAsync(TimeSpan.Zero, 100, default);

        CanvasHandle again = await Client.EnqueueCanvasAsync(plan, "import");
        Assert.True(again.AlreadyExisted);
        Assert.Null(await Client.FindAsync(first.JobIds[0]));

        isBroken = false;
        await Client.ReplayAllAsync();
        Assert.Equal(6, await again.ResultAsync<int>().WaitAsync(Hang));
    }

    [Fact]
    public async Task GroupClosesWithItsOwnResultsOnly_WhenThePlanIsEnqueuedAgainAfterItWasGivenUp()
    {
        var release = new Gate();
        Script.Body = static (_, _, _) => throw new JobGivenUpException("no");
        await StartAsync();
        Canvas plan = Canvas.Group(Canvas.Job(new ScriptedJob.Args("a")), Add).Then(Canvas.Job(new AddJob.Args(3, 4)));
        CanvasHandle first = await Client.EnqueueCanvasAsync(plan, "import");
        await UntilAsync(async () => await Client.CountAsync() == new JobCounts { Succeeded = 1, DeadLettered = 1 });
        await Client.DiscardAllAsync();
        await Store.PruneAsync(TimeSpan.Zero, 100, default);

        Script.Body = static (_, _, _) => Task.CompletedTask;
        await Client.PauseAsync("default");
        CanvasHandle again = await Client.EnqueueCanvasAsync(plan, "import");
        await Client.RevokeAsync(again.JobIds[1]);
        await Client.ResumeAsync("default");

        await UntilAsync(again.JobIds[0], JobState.Succeeded);
        Assert.Equal(first.JobIds, again.JobIds);
        Assert.Equal(new JobCounts { Succeeded = 1, Revoked = 1 }, await Client.CountAsync());
    }
}
