namespace Quickstart.Catalog;

/// <summary>A city and how far it is from the point that was asked for.</summary>
internal sealed record NearbyCity(int Id, string Name, double Latitude, double Longitude, double Kilometres);
