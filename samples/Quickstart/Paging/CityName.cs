namespace Quickstart.Paging;

/// <summary>What a line in a list of cities shows.</summary>
internal sealed record CityName(int Id, string Name);
