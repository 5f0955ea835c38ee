using ProDev.Repositories;
using Quickstart.Model;

namespace Quickstart.Paging;

/// <summary>The cities of a country by name. The index on (CountryCode, Name, Id) has this order, so a page seeks to its first row.</summary>
internal sealed class CitiesOfCountry : Specification<City, CityName>
{
    public CitiesOfCountry(string country)
    {
        Where(x => x.CountryCode == country);
        OrderBy(x => x.Name);
        ThenBy(x => x.Id);
        Select(x => new CityName(x.Id, x.Name));
    }
}
