namespace Quickstart.Data;

/// <summary>All rows of one country, as the data files hold them.</summary>
internal sealed record CountryRows(
    IReadOnlyList<RegionRow> Regions,
    IReadOnlyList<DistrictRow> Districts,
    IReadOnlyList<CityRow> Cities);

internal readonly record struct RegionRow(string Code, string Name);

internal readonly record struct DistrictRow(string RegionCode, string Code, string Name);

/// <summary>
/// A city. <paramref name="Number"/> is its position in the data file, starting at 1. An empty code means that the source names no
/// division; a code may also name a division that the source does not list. Coordinates are degrees.
/// </summary>
internal readonly record struct CityRow(int Number, string RegionCode, string DistrictCode, string Name, double Latitude, double Longitude);
