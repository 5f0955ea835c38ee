namespace AotCache;

/// <summary>What the gazetteer says of a country.</summary>
/// <param name="Country">Its code, as in FR.</param>
/// <param name="Cities">How many cities it has; 0 for a code that is unknown.</param>
/// <param name="Northernmost">The name of the northernmost one, or null.</param>
internal sealed record CountrySummary(string Country, int Cities, string? Northernmost);
