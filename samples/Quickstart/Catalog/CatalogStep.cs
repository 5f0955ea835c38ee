using Quickstart.Data;
using Quickstart.Reporting;

namespace Quickstart.Catalog;

/// <summary>Step 3: ask the decorated catalog the same question again. The first answer comes from the database, the others from memory.</summary>
internal sealed class CatalogStep(ICityCatalog catalog, CallCounter calls, Gazetteer gazetteer, TimeProvider time)
{
    private const string Country = "FR";
    private const double Latitude = 45.75;
    private const double Longitude = 4.85;
    private const int Take = 5;
    private const int Hits = 1000;

    public async Task<StepResult> RunAsync(CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var miss = await AskAsync(cancellationToken);
        var missTime = time.GetElapsedTime(start);
        var callsOfMiss = calls.Calls;

        start = time.GetTimestamp();
        var hit = miss;
        for (var i = 0; i < Hits; i++)
            hit = await AskAsync(cancellationToken);

        var hitTime = time.GetElapsedTime(start) / Hits;
        var callsOfHit = calls.Calls - callsOfMiss;

        return new StepResult(
            $"nearest to {Latitude}, {Longitude}: {miss[0].Name}; miss {missTime.TotalMilliseconds:N2} ms, hit {hitTime.TotalMicroseconds:N1} µs (mean of {Hits:N0})",
            [
                new Check("A miss calls the catalog once", callsOfMiss == 1, $"it was called {callsOfMiss} times"),
                new Check("A hit does not call the catalog", callsOfHit == 0, $"it was called {callsOfHit} times"),
                new Check("Miss and hit give the nearest cities of the data files", Differences(miss, hit)),
            ]);
    }

    private ValueTask<IReadOnlyList<NearbyCity>> AskAsync(CancellationToken cancellationToken)
    {
        return catalog.NearestAsync(Country, Latitude, Longitude, Take, cancellationToken);
    }

    private List<string> Differences(IReadOnlyList<NearbyCity> miss, IReadOnlyList<NearbyCity> hit)
    {
        var expected = gazetteer.Read(Country).Cities
            .OrderBy(x => Distance.Kilometres(Latitude, Longitude, x.Latitude, x.Longitude))
            .ThenBy(x => x.Number)
            .Take(Take)
            .Select(x => x.Number)
            .ToArray();
        var faults = new List<string>();
        if (!miss.Select(x => x.Id).SequenceEqual(expected))
            faults.Add($"the miss gave {string.Join(", ", miss.Select(x => x.Name))}");
        if (!hit.Select(x => x.Id).SequenceEqual(expected))
            faults.Add($"the hit gave {string.Join(", ", hit.Select(x => x.Name))}");

        return faults;
    }
}
