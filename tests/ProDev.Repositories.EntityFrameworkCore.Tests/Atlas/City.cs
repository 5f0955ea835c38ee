namespace ProDev.Repositories.EntityFrameworkCore.Tests;

public sealed class City
{
    public int Id { get; set; }
    public required string Name { get; set; }
    public required string Country { get; set; }
    public string? Region { get; set; }
    public int? Population { get; set; }
    public double? Elevation { get; set; }
    public DateOnly? Founded { get; set; }
    public DateTime Added { get; set; }
    public bool IsCapital { get; set; }
    public Rank Rank { get; set; }
    public Rank RankText { get; set; }
    public Guid Token { get; set; }
    public CityCode Code { get; set; }
    public Location Location { get; set; } = new();
    public int Version { get; set; }
    public int DistrictId { get; set; }
    public District? District { get; set; }
    public IList<CityTag> Tags { get; } = new List<CityTag>();
}

public sealed class District
{
    public int Id { get; set; }
    public required string Name { get; set; }
}

public sealed class CityTag
{
    public int Id { get; set; }
    public int CityId { get; set; }
    public required string Text { get; set; }
}

public sealed class Location
{
    public double Latitude { get; set; }
    public double? Depth { get; set; }
}

public enum Rank
{
    Village,
    Town,
    City,
    Metropolis,
}

/// <summary>A key type of the application's own, stored as text.</summary>
public readonly record struct CityCode(string Value) : IComparable<CityCode>
{
    public static bool operator <(CityCode left, CityCode right) => left.CompareTo(right) < 0;

    public static bool operator >(CityCode left, CityCode right) => left.CompareTo(right) > 0;

    public static bool operator <=(CityCode left, CityCode right) => left.CompareTo(right) <= 0;

    public static bool operator >=(CityCode left, CityCode right) => left.CompareTo(right) >= 0;

    public int CompareTo(CityCode other) => string.CompareOrdinal(Value, other.Value);
}
