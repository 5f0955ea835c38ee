using ProDev.Build;

namespace ProDev.Benchmarks.Tests;

public sealed class MacroHarnessTests
{
    private readonly FakeMeter _meter = new();
    private readonly List<string> _calls = [];
    private readonly List<string> _log = [];

    [Fact]
    public async Task CasesTakeTurnsInEveryRound_AfterOneWarmUp()
    {
        await Harness().RunAsync([Case("A"), Case("B")], rounds: 2);

        Assert.Equal(
            [
                "prepare A", "run A", "prepare B", "run B",
                "prepare A", "run A", "prepare B", "run B",
                "prepare A", "run A", "prepare B", "run B",
            ],
            _calls);
        Assert.Equal(["0 A", "0 B", "1 A", "1 B", "2 A", "2 B"], _log);
        Assert.Equal(6, _meter.Settled);
    }

    [Fact]
    public async Task SamplesAreWhatTheRunAddedToTheMeters_WithoutTheWarmUp()
    {
        Reading Cost(int round) => new(
            TimeSpan.FromMilliseconds(10 * round), TimeSpan.FromMilliseconds(round), TimeSpan.FromMilliseconds(2 * round), 100 * round);

        var samples = await Harness().RunAsync([new ScriptedCase("A", _meter, _calls, Cost, operations: 5)], rounds: 2);

        // The servers' meter starts with the first cost: before the warm-up there was nothing to subtract from.
        Assert.Equal(
            [
                new MacroSample(5, TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(2), 100) { Count = 2 },
                new MacroSample(5, TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(2), TimeSpan.FromMilliseconds(4), 200) { Count = 3 },
            ],
            samples.Select(round => round[0]));
    }

    [Fact]
    public async Task CaseThatDidNothingIsNamed()
    {
        var idle = new ScriptedCase("Idle", _meter, _calls, static _ => FakeMeter.Zero, operations: 0);

        var error = await Assert.ThrowsAsync<BenchmarkException>(() => Harness().RunAsync([idle], rounds: 5));

        Assert.Equal("The benchmark \"Idle\" did 0 operations. A round must do at least one.", error.Message);
    }

    private MacroHarness Harness() => new(_meter, (round, name, _) => _log.Add($"{round} {name}"));

    private ScriptedCase Case(string name) => new(name, _meter, _calls, static _ => FakeMeter.Zero);
}
