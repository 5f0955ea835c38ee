using ProDev.Benchmarks;

namespace ProDev.Jobs.Benchmarks;

/// <summary>How fast does a worker run jobs that do nothing?</summary>
internal sealed class Process(IJobSystem system, int jobs, string text) : MacroCase(system.Name)
{
    private Round? _round;

    public override Task OpenAsync(string directory) => Task.CompletedTask;

    public override async Task PrepareAsync()
    {
        await system.OpenAsync();
        _round = Round.Begin(system.Workers, jobs);
        for (var i = 0; i < system.Workers; i++)
            await system.EnqueueHoldAsync();
        await system.EnqueueManyAsync(jobs, text);
        await system.StartAsync();
        await _round.WaitUntilHeldAsync();
    }

    public override async Task<long> RunAsync()
    {
        await _round!.RunAsync();
        await system.SettleAsync();
        return jobs;
    }

    public override ValueTask DisposeAsync() => system.DisposeAsync();
}
