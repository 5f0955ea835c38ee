using System.Diagnostics;

namespace ProDev.Jobs.Soak;

/// <summary>Runs all faults on all stores in random order with random seeds, again and again until the time is over.</summary>
public sealed class SoakSession(SoakOptions options, Action<string> log)
{
    private readonly Random _random = new(options.Seed);
    private readonly List<FaultOutcome> _outcomes = [];
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    /// <returns>Everything that was run.</returns>
    public async Task<IReadOnlyList<FaultOutcome>> RunAsync()
    {
        (Fault Fault, string Store)[] faults =
        [
            .. FaultCatalog.All.Where(f => options.Fault is null || f.Name == options.Fault)
                .SelectMany(static f => f.Stores.Select(s => (f, s))).Where(p => options.Store is null || p.s == options.Store),
        ];
        await using PrivatePostgres? server = faults.Any(static f => f.Store == PostgreSqlSoakStore.Name) ? await PrivatePostgres.StartAsync() : null;
        for (int round = 0; round == 0 || _clock.Elapsed < options.Duration; round++)
        {
            _random.Shuffle(faults);
            foreach ((Fault fault, string kind) in faults)
            {
                if (round > 0 && _clock.Elapsed >= options.Duration)
                    break;
                await RunAsync(fault, kind, server);
            }
        }

        return _outcomes;
    }

    private async Task RunAsync(Fault fault, string kind, PrivatePostgres? server)
    {
        FaultOutcome outcome = await FaultRunner.RunAsync(
            fault, kind, server?.ConnectionString, fault.NeedsServer ? server : null, _random.Next(), fault.ManyTimes);
        _outcomes.Add(outcome);
        log($"{_clock.Elapsed:hh\\:mm\\:ss} {outcome}");

        // After each of them, so that a run that is ended early has told what it saw.
        Directory.CreateDirectory(options.Output);
        await File.WriteAllTextAsync(Path.Combine(options.Output, "report.md"), SoakReport.Text(options, _clock.Elapsed, _outcomes));
    }
}
