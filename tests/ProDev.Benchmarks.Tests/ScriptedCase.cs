namespace ProDev.Benchmarks.Tests;

/// <summary>A case that writes down its calls and moves the meters by a given cost per call.</summary>
internal sealed class ScriptedCase(string name, FakeMeter meter, List<string> calls, Func<int, Reading> cost, long operations = 1)
    : MacroCase(name)
{
    private int _round;

    // The round that ran last; a case that forgot the harness's order would count another.
    public override long? Count => _round;

    public override Task OpenAsync(string directory) => Task.CompletedTask;

    public override Task PrepareAsync()
    {
        calls.Add($"prepare {Name}");
        return Task.CompletedTask;
    }

    public override Task<long> RunAsync()
    {
        calls.Add($"run {Name}");
        var added = cost(_round++);
        meter.Now = new Reading(
            meter.Now.Timestamp + added.Timestamp,
            meter.Now.ClientCpu + added.ClientCpu,
            (meter.Now.ServerCpu ?? TimeSpan.Zero) + added.ServerCpu,
            meter.Now.Allocated + added.Allocated);
        return Task.FromResult(operations);
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
