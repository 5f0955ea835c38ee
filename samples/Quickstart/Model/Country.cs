namespace Quickstart.Model;

/// <summary>A country or dependent territory.</summary>
internal sealed class Country
{
    /// <summary>ISO 3166-1 alpha-2, for example "FR".</summary>
    public required string Code { get; init; }
}
