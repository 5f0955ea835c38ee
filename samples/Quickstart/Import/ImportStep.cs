using ProDev.Jobs;
using Quickstart.Data;
using Quickstart.Reporting;
using Spectre.Console;
using Canvas = ProDev.Jobs.Canvas;

namespace Quickstart.Import;

/// <summary>Step 1: one durable job a country, run in parallel by the worker of this process, and one that summarises them.</summary>
internal sealed class ImportStep(
    IJobClient jobs, Gazetteer gazetteer, ImportAudit audit, ImportProgress progress, IAnsiConsole console, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    public async Task<StepResult> RunAsync(CancellationToken cancellationToken)
    {
        // A chord: a job for each country, and a callback that gets what they return. The key makes it repeatable: what is in the store already, from
        // this run or an earlier one, is not enqueued again.
        var countries = gazetteer.Countries.OrderByDescending(x => x.Rows).Select(x => new ImportCountry.Args(x.Code)).ToArray();
        var plan = Canvas.Map(countries).Then(Canvas.Job<SummarizeImport>());
        var handle = await jobs.EnqueueCanvasAsync(plan, "gazetteer", cancellationToken);

        // A job that was given up is kept with its error. Another run is a good moment to try it again; the chord goes on when it succeeds.
        await jobs.ReplayAllAsync(cancellationToken: cancellationToken);

        var before = await audit.CountRowsAsync(cancellationToken);
        await new ImportBar(console, before, gazetteer.Countries.Sum(x => x.Rows)).ShowAsync(FollowAsync(before, cancellationToken));

        var jobsByCountry = countries.Zip(handle.JobIds).ToDictionary(x => x.First.Country, x => x.Second);
        var checks = await audit.CheckAsync(jobsByCountry, handle, cancellationToken);
        return new StepResult(
            $"{progress.Rows:N0} rows of {countries.Length:N0} countries" +
            (handle.AlreadyExisted ? $"; {countries.Length:N0} jobs and {before:N0} rows from an earlier run" : ""),
            checks);
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
