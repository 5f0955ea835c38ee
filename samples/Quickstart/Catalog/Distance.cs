namespace Quickstart.Catalog;

/// <summary>Distances on a sphere, by the haversine formula.</summary>
internal static class Distance
{
    public const double KilometresPerDegree = EarthRadius * Math.PI / 180;

    private const double EarthRadius = 6371;

    public static double Kilometres(double fromLatitude, double fromLongitude, double toLatitude, double toLongitude)
    {
        var (from, to) = (double.DegreesToRadians(fromLatitude), double.DegreesToRadians(toLatitude));
        var north = Math.Sin((to - from) / 2);
        var east = Math.Sin(double.DegreesToRadians(toLongitude - fromLongitude) / 2);
        var chord = (north * north) + (Math.Cos(from) * Math.Cos(to) * east * east);
        return 2 * EarthRadius * Math.Asin(Math.Sqrt(Math.Min(1, chord)));
    }
}
