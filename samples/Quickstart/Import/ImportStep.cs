using ProDev.Jobs;
using Quickstart.Data;
using Quickstart.Reporting;
using Spectre.Console;

namespace Quickstart.Import;

/// <summary>Step 1: one durable job a country, run in parallel by the worker of this process.</summary>
internal sealed class ImportStep(
    IJobClient jobs, Gazetteer gazetteer, ImportAudit audit, ImportProgress progress, IAnsiConsole console, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    public async Task<StepResult> RunAsync(CancellationToken cancellationToken)
    {
        // The key makes this repeatable: a country whose job is in the store, from this run or an earlier one, gets no second job.
        var countries = gazetteer.Countries.OrderByDescending(x => x.Rows).Select(x => new ImportCountry.Args(x.Code)).ToArray();
        var handles = await jobs.EnqueueManyAsync(countries, (args, options) => options.IdempotencyKey = args.Country, cancellationToken);

        // A job that was given up is kept with its error. Another run is a good moment to try it again.
        foreach (var dead in await jobs.ListDeadLettersAsync(new DeadLetterQuery { Take = 1000 }, cancellationToken))
            await jobs.ReplayAsync(dead.Id, cancellationToken);

        var before = await audit.CountRowsAsync(cancellationToken);
        await new ImportBar(console, before, gazetteer.Countries.Sum(x => x.Rows)).ShowAsync(FollowAsync(before, cancellationToken));

        var jobsByCountry = countries.Zip(handles).ToDictionary(x => x.First.Country, x => x.Second.Id);
        var earlier = handles.Count(x => x.AlreadyExisted);
        return new StepResult(
            $"{progress.Rows:N0} rows of {countries.Length:N0} countries" + (earlier > 0 ? $"; {earlier:N0} jobs and {before:N0} rows from an earlier run" : ""),
            await audit.CheckAsync(jobsByCountry, cancellationToken));
    }

    private async IAsyncEnumerable<int> FollowAsync(int before, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while ((await jobs.CountAsync(cancellationToken)).Pending > 0)
        {
            yield return before + progress.Rows;
            await timer.WaitForNextTickAsync(cancellationToken);
        }

        yield return before + progress.Rows;
    }
}
