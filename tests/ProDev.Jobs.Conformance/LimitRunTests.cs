namespace ProDev.Jobs.Conformance;

/// <summary>Limits, with a worker.</summary>
public abstract class LimitRunTests : HostedTests
{
    [Fact]
    public async Task NoMoreRunAtOnceThanTheLimitSays_AndAllRun()
    {
        int running = 0;
        int most = 0;
        int entered = 0;
        Gate[] gates = [.. Enumerable.Range(0, 12).Select(_ => new Gate())];
        Script.Body = async (args, _, _) =>
        {
            RaiseTo(ref most, Interlocked.Increment(ref running));
            Interlocked.Increment(ref entered);
            await gates[args.Number].Opened;
            Interlocked.Decrement(ref running);
        };
        await StartAsync(o => o.Concurrency = 8);
        var handles = new List<JobHandle>();
        for (int i = 0; i < gates.Length; i++)
            handles.Add(await Client.EnqueueAsync(new ScriptedJob.Args("member", i), o => o.Group = new JobGroup("customer", 3)));

        for (int i = 0; i < gates.Length; i++)
        {
            int wanted = Math.Min(gates.Length, i + 3);
            await UntilAsync(() => Task.FromResult(Volatile.Read(ref entered) >= wanted), describe: () => $"{entered} of {wanted} were started.");
            Assert.Equal(wanted, Volatile.Read(ref entered));
            gates[i].Open();
        }

        foreach (JobHandle handle in handles)
            await UntilAsync(handle.Id, JobState.Succeeded);
        Assert.Equal(3, most);
    }

    [Fact]
    public async Task NoJobIsStartedBeforeItsToken_WhenTheJobHasARate()
    {
        var starts = new List<TimeSpan>();
        DateTimeOffset begin = Time.GetUtcNow();
        Script.Body = (_, context, _) =>
        {
            lock (starts)
                starts.Add(Time.GetUtcNow() - begin);
            return Task.CompletedTask;
        };
        await StartAsync();
        var handles = new List<JobHandle>();
        for (int i = 0; i < 5; i++)
            handles.Add(await Client.EnqueueAsync(new ScriptedJob.Args("rated", i), o => o.Rate = JobRate.Parse("10/s")));

        foreach (JobHandle handle in handles)
            await UntilAsync(handle.Id, JobState.Succeeded, advance: TimeSpan.FromMilliseconds(10));

        // Not at the very moment, because the clock does not wait for the worker.
        lock (starts)
            Assert.All(starts.Order().Select((at, i) => (at, i)), s => Assert.True(s.at >= TimeSpan.FromMilliseconds(100 * s.i), $"Start {s.i} was at {s.at}."));
    }

    [Fact]
    public async Task MembersOfACanvasKeepTheirLimit_WhenTheyFollowAnotherJob()
    {
        int running = 0;
        int most = 0;
        Script.Body = async (_, _, _) =>
        {
            RaiseTo(ref most, Interlocked.Increment(ref running));
            await Task.Yield();
            Interlocked.Decrement(ref running);
        };
        await StartAsync();
        Canvas plan = Canvas.Chain(
            Canvas.Job(new ScriptedJob.Args("first")),
            Canvas.Group([.. Enumerable.Range(0, 8).Select(i => Canvas.Job(new ScriptedJob.Args("member", i), static o => o.Group = new JobGroup("canvas", 1)))]));

        await Client.EnqueueCanvasAsync(plan);

        await UntilAsync(async () => (await Store.CountAsync(default)).Succeeded == 9);
        Assert.Equal(1, most);
    }

    private static void RaiseTo(ref int most, int value)
    {
        int seen = Volatile.Read(ref most);
        while (value > seen && Interlocked.CompareExchange(ref most, value, seen) is var found && found != seen)
            seen = found;
    }
}
