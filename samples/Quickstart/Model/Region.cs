namespace Quickstart.Model;

/// <summary>An administrative division of the first level.</summary>
internal sealed class Region
{
    /// <summary>The country and the division, for example "FR.84".</summary>
    public required string Id { get; init; }

    public required string CountryCode { get; init; }

    public required string Name { get; set; }
}
