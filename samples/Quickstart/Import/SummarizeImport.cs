using ProDev.Jobs;

namespace Quickstart.Import;

/// <summary>The callback of the chord: it starts once, when all countries are imported, with what their jobs returned.</summary>
[Job("atlas.summarize-import")]
internal sealed class SummarizeImport : IJob<IReadOnlyList<ImportedRows>, ImportSummary>
{
    public Task<ImportSummary> RunAsync(IReadOnlyList<ImportedRows> args, JobContext context, CancellationToken cancellationToken)
    {
        var largest = args.MaxBy(x => x.Rows)!;
        return Task.FromResult(new ImportSummary(args.Count, args.Sum(x => x.Rows), largest.Country, largest.Rows));
    }
}
