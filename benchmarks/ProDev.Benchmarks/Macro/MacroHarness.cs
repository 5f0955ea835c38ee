using ProDev.Build;

namespace ProDev.Benchmarks;

/// <summary>Runs the cases in rounds, A B A B ..., after one unrecorded round that warms everything up.</summary>
/// <param name="meter">Where the figures come from.</param>
/// <param name="log">Is told of each sample; round 0 is the warm-up.</param>
internal sealed class MacroHarness(IMeter meter, Action<int, string, MacroSample> log)
{
    /// <summary>Returns one list a round, each with one sample a case in the order of the cases.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<MacroSample>>> RunAsync(IReadOnlyList<MacroCase> cases, int rounds)
    {
        var samples = new List<IReadOnlyList<MacroSample>>();
        for (var round = 0; round <= rounds; round++)
        {
            var row = new List<MacroSample>();
            foreach (var one in cases)
            {
                var sample = await SampleAsync(one);
                log(round, one.Name, sample);
                row.Add(sample);
            }

            if (round > 0)
                samples.Add(row);
        }

        return samples;
    }

    private async Task<MacroSample> SampleAsync(MacroCase one)
    {
        await one.PrepareAsync();
        meter.Settle();
        var start = meter.Read();
        var operations = await one.RunAsync();
        var sample = start.Until(meter.Read(), operations) with { Count = one.Count };
        return operations > 0
            ? sample
            : throw new BenchmarkException($"The benchmark \"{one.Name}\" did {operations} operations. A round must do at least one.");
    }
}
