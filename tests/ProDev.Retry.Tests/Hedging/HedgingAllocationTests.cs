namespace ProDev.Retry.Tests;

public sealed class HedgingAllocationTests
{
    private static readonly Task<int> Completed = Task.FromResult(1);

    public static TheoryData<string> Policies => [.. PolicyTable.Keys];

    private static Dictionary<string, HedgingPolicy> PolicyTable { get; } = new()
    {
        ["default"] = HedgingPolicy.Create(),
        ["no delay"] = HedgingPolicy.Create(o => o.Delay = TimeSpan.Zero),
        ["budget"] = HedgingPolicy.Create(o => o.Budget = RetryBudget.TokenRatio()),
        ["callbacks"] = HedgingPolicy.Create(o =>
        {
            o.ShouldHedge = static _ => true;
            o.OnHedge = static _ => { };
        }),
    };

    [Theory]
    [MemberData(nameof(Policies))]
    public void NothingIsAllocated_WhenTheFirstCopySucceedsAtOnce(string name)
    {
        var policy = PolicyTable[name];
        using var caller = new CancellationTokenSource();
        foreach (var token in new[] { CancellationToken.None, caller.Token })
        {
            NoAllocation.IsMadeBy(() => NoAllocation.Finish(policy.ExecuteAsync(static _ => ValueTask.FromResult(1), token)));
            NoAllocation.IsMadeBy(() => NoAllocation.Finish(policy.ExecuteAsync(static _ => ValueTask.FromResult("text"), token)));
            NoAllocation.IsMadeBy(() => NoAllocation.Finish(policy.ExecuteAsync(7, static (s, _) => ValueTask.FromResult(s), token)));
            NoAllocation.IsMadeBy(() => NoAllocation.Finish(policy.ExecuteAsync(static _ => Completed, token)));
            NoAllocation.IsMadeBy(() => NoAllocation.Finish(policy.ExecuteAsync(static _ => ValueTask.CompletedTask, token)));
            NoAllocation.IsMadeBy(() => NoAllocation.Finish(policy.ExecuteAsync(7, static (_, _) => Task.CompletedTask, token)));
            NoAllocation.IsMadeBy(() => NoAllocation.Finish(policy.ExecuteAsync<SampleOperation, int>(new(3), token)));
            NoAllocation.IsMadeBy(() => NoAllocation.Finish(policy.ExecuteAsync(new SampleOperation(3), token)));
        }
    }

    [Fact]
    public void NoTimerIsSet_WhenTheFirstCopyEndsAtOnce()
    {
        var time = new InstantTimeProvider();
        var policy = HedgingPolicy.Create(o => (o.MaxAttempts, o.TimeProvider) = (3, time));
        var script = new Script(Script.Fails(), Script.Fails(), Script.Returns(1));

        NoAllocation.Finish(policy.ExecuteAsync(static _ => ValueTask.FromResult(1)));
        NoAllocation.Finish(policy.ExecuteAsync(script.RunAsync));

        Assert.Empty(time.Delays);
    }
}
