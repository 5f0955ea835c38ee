namespace Quickstart.Model;

/// <summary>
/// The ledger: one row for each country that was imported, written in the same transaction as the country's rows. If it is there,
/// all of them are there; if it is not, none are.
/// </summary>
internal sealed class ImportedCountry
{
    public required string CountryCode { get; init; }

    public required int Regions { get; init; }

    public required int Districts { get; init; }

    public required int Cities { get; init; }

    /// <summary>The job that did it.</summary>
    public required Guid JobId { get; init; }

    public required DateTimeOffset ImportedAt { get; init; }
}
