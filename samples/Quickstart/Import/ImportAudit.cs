using Microsoft.EntityFrameworkCore;
using ProDev.Jobs;
using Quickstart.Data;
using Quickstart.Model;
using Quickstart.Reporting;

namespace Quickstart.Import;

/// <summary>Compares the data files, the tables, the ledger and the job store with each other.</summary>
internal sealed class ImportAudit(IJobClient jobs, Gazetteer gazetteer, IDbContextFactory<AtlasDb> databases)
{
    /// <summary>How many rows the ledger says are imported.</summary>
    public async Task<int> CountRowsAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.ImportedCountries.SumAsync(x => x.Regions + x.Districts + x.Cities, cancellationToken);
    }

    public async Task<IReadOnlyList<Check>> CheckAsync(
        IReadOnlyDictionary<string, Guid> jobsByCountry, CanvasHandle chord, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var ledger = await db.ImportedCountries.AsNoTracking().ToDictionaryAsync(x => x.CountryCode, cancellationToken);
        return
        [
            new Check("Every job succeeded", await UnfinishedJobsAsync(jobsByCountry, cancellationToken)),
            new Check("Each job had its effect exactly once", WrongLedger(jobsByCountry, ledger)),
            new Check("The chord closed once, with the rows of all countries", await WrongSummaryAsync(chord, cancellationToken)),
            new Check("The tables hold the rows of the data files", await WrongTablesAsync(db, cancellationToken)),
        ];
    }

    private async Task<List<string>> UnfinishedJobsAsync(IReadOnlyDictionary<string, Guid> jobsByCountry, CancellationToken cancellationToken)
    {
        var faults = new List<string>();
        foreach (var (country, id) in jobsByCountry)
        {
            var job = await jobs.FindAsync(id, cancellationToken);
            if (job?.State != JobState.Succeeded)
                faults.Add($"{country}: the job '{id}' is {job?.State.ToString() ?? "not in the store"}{(job?.Error is { } error ? $": {error}" : "")}");
        }

        return faults;
    }

    private async Task<List<string>> WrongSummaryAsync(CanvasHandle chord, CancellationToken cancellationToken)
    {
        if (await jobs.FindAsync(chord.JobIds[^1], cancellationToken) is not { State: JobState.Succeeded })
            return ["the callback has not succeeded"];

        var summary = await chord.ResultAsync<ImportSummary>(cancellationToken);
        var largest = gazetteer.Countries.MaxBy(x => x.Rows)!;
        var expected = new ImportSummary(gazetteer.Countries.Count, gazetteer.Countries.Sum(x => x.Rows), largest.Code, largest.Rows);
        return summary == expected ? [] : [$"{summary}, {expected} was expected"];
    }

    // One ledger row a country is guaranteed by its key; that it is the row of this job says that no other one did the work.
    private List<string> WrongLedger(IReadOnlyDictionary<string, Guid> jobsByCountry, Dictionary<string, ImportedCountry> ledger)
    {
        var faults = new List<string>();
        foreach (var country in gazetteer.Countries)
        {
            if (!ledger.Remove(country.Code, out var entry))
                faults.Add($"{country.Code}: no row in the ledger");
            else if (entry.JobId != jobsByCountry[country.Code])
                faults.Add($"{country.Code}: imported by the job '{entry.JobId}', '{jobsByCountry[country.Code]}' was expected");
            else if ((entry.Regions, entry.Districts, entry.Cities) != (country.Regions, country.Districts, country.Cities))
                faults.Add($"{country.Code}: the ledger counts {entry.Cities:N0} cities, {country.Cities:N0} were expected");
        }

        faults.AddRange(ledger.Keys.Select(country => $"{country}: in the ledger, but not in the data files"));
        return faults;
    }

    private async Task<List<string>> WrongTablesAsync(AtlasDb db, CancellationToken cancellationToken)
    {
        var faults = new List<string>();
        await CompareAsync("regions", db.Regions.GroupBy(x => x.CountryCode).Select(x => new Count(x.Key, x.Count())), x => x.Regions);
        await CompareAsync("districts", db.Districts.GroupBy(x => x.CountryCode).Select(x => new Count(x.Key, x.Count())), x => x.Districts);
        await CompareAsync("cities", db.Cities.GroupBy(x => x.CountryCode).Select(x => new Count(x.Key, x.Count())), x => x.Cities);
        return faults;

        async Task CompareAsync(string table, IQueryable<Count> query, Func<CountryCounts, int> expected)
        {
            var found = await query.ToDictionaryAsync(x => x.Country, x => x.Rows, cancellationToken);
            foreach (var country in gazetteer.Countries)
            {
                var rows = found.GetValueOrDefault(country.Code);
                if (rows != expected(country))
                    faults.Add($"{country.Code}: {rows:N0} {table}, {expected(country):N0} were expected");
            }
        }
    }

    private sealed record Count(string Country, int Rows);
}
