using Quickstart.Catalog;

namespace ProDev.Quickstart.Tests.Catalog;

public sealed class DistanceTests
{
    [Theory]
    [InlineData(0, 0, 0, 0, 0)]
    [InlineData(0, 0, 1, 0, 111.195)]
    [InlineData(0, 179.5, 0, -179.5, 111.195)]
    [InlineData(90, 0, -90, 77, 20015.087)]
    [InlineData(48.85341, 2.3488, 45.74846, 4.84671, 393.24)]
    public void Distance_is_the_great_circle(double fromLatitude, double fromLongitude, double toLatitude, double toLongitude, double kilometres)
    {
        Assert.Equal(kilometres, Distance.Kilometres(fromLatitude, fromLongitude, toLatitude, toLongitude), 0.5);
        Assert.Equal(kilometres, Distance.Kilometres(toLatitude, toLongitude, fromLatitude, fromLongitude), 0.5);
    }
}
