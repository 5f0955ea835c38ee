namespace Quickstart.Model;

/// <summary>An administrative division of the second level.</summary>
internal sealed class District
{
    /// <summary>The region and the division, for example "FR.84.69".</summary>
    public required string Id { get; init; }

    public required string CountryCode { get; init; }

    public required string RegionId { get; init; }

    public required string Name { get; set; }
}
