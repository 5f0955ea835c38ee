using ProDev.Repositories;
using Quickstart.Data;
using Quickstart.Model;
using Quickstart.Reporting;

namespace Quickstart.Paging;

/// <summary>Step 2: walk through a country page by page. The signed cursor of a page is all that the next request needs.</summary>
internal sealed class PagingStep(IReadRepository<City> cities, Gazetteer gazetteer)
{
    private const string Country = "US";
    private const string OtherCountry = "FR";
    private const int PageSize = 200;

    public async Task<StepResult> RunAsync(CancellationToken cancellationToken)
    {
        var specification = new CitiesOfCountry(Country);
        var found = new List<CityName>();
        var page = await cities.PageAsync(specification, CursorRequest.First(PageSize), cancellationToken);
        var firstCursor = page.Next ?? throw new InvalidOperationException($"The country '{Country}' fits one page; nothing can be shown with it.");
        var pages = 1;
        found.AddRange(page.Items);
        while (page.Next is { } next)
        {
            page = await cities.PageAsync(specification, CursorRequest.After(next, PageSize), cancellationToken);
            found.AddRange(page.Items);
            pages++;
        }

        return new StepResult(
            $"{found.Count:N0} cities of {Country} in {pages:N0} pages",
            [
                new Check("The pages are complete and without duplicates", Differences(found)),
                new Check(
                    "A cursor that was changed is refused",
                    await RefusalAsync(specification, Changed(firstCursor), cancellationToken) == CursorFault.BadSignature,
                    "it was read"),
                new Check(
                    "A cursor of another query is refused",
                    await RefusalAsync(new CitiesOfCountry(OtherCountry), firstCursor, cancellationToken) == CursorFault.WrongScope,
                    "it was read"),
            ]);
    }

    private async Task<CursorFault?> RefusalAsync(CitiesOfCountry specification, string cursor, CancellationToken cancellationToken)
    {
        try
        {
            await cities.PageAsync(specification, CursorRequest.After(cursor, PageSize), cancellationToken);
            return null;
        }
        catch (InvalidCursorException refusal)
        {
            return refusal.Fault;
        }
    }

    private static string Changed(string cursor)
    {
        var middle = cursor.Length / 2;
        return $"{cursor[..middle]}{(cursor[middle] == 'A' ? 'B' : 'A')}{cursor[(middle + 1)..]}";
    }

    private List<string> Differences(List<CityName> found)
    {
        var faults = new List<string>();
        var expected = gazetteer.Read(Country).Cities.ToDictionary(x => x.Number, x => x.Name);
        foreach (var city in found)
        {
            if (!expected.Remove(city.Id, out var name))
                faults.Add($"the city '{city.Name}' ({city.Id}) came twice, or belongs to another country");
            else if (name != city.Name)
                faults.Add($"the city {city.Id} is '{city.Name}', '{name}' was expected");
        }

        faults.AddRange(expected.Select(city => $"the city '{city.Value}' ({city.Key}) was on no page"));
        return faults;
    }
}
