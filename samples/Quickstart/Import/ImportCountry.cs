using ProDev.Jobs;
using ProDev.Repositories;
using Quickstart.Data;
using Quickstart.Model;

namespace Quickstart.Import;

/// <summary>
/// Imports one country. A job runs at least once: after a crash it runs again. Its effect is exactly once all the same, because the
/// country's rows and its row in the ledger are written in one transaction, and a second run finds the ledger row and does nothing.
/// </summary>
[Job("atlas.import-country", MaxAttempts = 10)]
internal sealed class ImportCountry(
    Gazetteer gazetteer,
    IRepository<ImportedCountry> ledger,
    IRepository<Country> countries,
    IRepository<Region> regions,
    BulkInsert bulkInsert,
    IUnitOfWork unitOfWork,
    WriteTurn writeTurn,
    ImportProgress progress,
    TimeProvider time) : IJob<ImportCountry.Args, ImportedRows>
{
    public sealed record Args(string Country);

    public async Task<ImportedRows> RunAsync(Args args, JobContext context, CancellationToken cancellationToken)
    {
        // What takes time and needs no lock comes first, so that countries are prepared in parallel and written one after the other.
        var rows = CountryEntities.From(args.Country, gazetteer.Read(args.Country));

        using var turn = await writeTurn.WaitAsync(cancellationToken);
        var imported = await unitOfWork.InTransactionAsync(ct => WriteAsync(args.Country, rows, context.Id, ct), cancellationToken);
        if (imported)
            progress.Add(rows.Count);
        return new ImportedRows(args.Country, rows.Count);
    }

    private async Task<bool> WriteAsync(string country, CountryEntities rows, Guid job, CancellationToken cancellationToken)
    {
        if (await ledger.FindAsync(country, cancellationToken) is not null)
            return false;

        countries.Add(new Country { Code = country });
        foreach (var region in rows.Regions)
            regions.Add(region);

        ledger.Add(new ImportedCountry
        {
            CountryCode = country,
            Regions = rows.Regions.Count,
            Districts = rows.Districts.Count,
            Cities = rows.Cities.Count,
            JobId = job,
            ImportedAt = time.GetUtcNow(),
        });
        await unitOfWork.CommitAsync(cancellationToken);

        // Thousands of rows go in by one statement each; the repositories and these statements share the transaction.
        await bulkInsert.DistrictsAsync(rows.Districts, cancellationToken);
        await bulkInsert.CitiesAsync(rows.Cities, cancellationToken);
        return true;
    }
}
