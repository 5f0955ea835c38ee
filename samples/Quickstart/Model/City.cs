namespace Quickstart.Model;

/// <summary>A city with more than 1,000 inhabitants, or the seat of a division.</summary>
internal sealed class City
{
    /// <summary>The number of the city in the data file. It never changes, so importing a country twice cannot double a city.</summary>
    public required int Id { get; init; }

    public required string CountryCode { get; init; }

    /// <summary>Null when the source names no region, or one that it does not list.</summary>
    public string? RegionId { get; init; }

    /// <summary>Null when the source names no district, or one that it does not list.</summary>
    public string? DistrictId { get; init; }

    /// <summary>In the local script. Not unique, not even within a region.</summary>
    public required string Name { get; set; }

    /// <summary>Degrees, north is positive.</summary>
    public required double Latitude { get; init; }

    /// <summary>Degrees, east is positive.</summary>
    public required double Longitude { get; init; }
}
