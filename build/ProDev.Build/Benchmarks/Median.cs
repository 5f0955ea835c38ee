namespace ProDev.Build;

/// <summary>The middle of a set of measurements: unlike a mean, one disturbed round does not move it.</summary>
public static class Median
{
    /// <summary>Returns the middle value, or the mean of the two middle values.</summary>
    /// <param name="values">At least one value, in any order.</param>
    /// <exception cref="ArgumentException"><paramref name="values"/> is empty.</exception>
    public static double Of(IEnumerable<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var sorted = values.Order().ToArray();
        if (sorted.Length == 0)
            throw new ArgumentException("The median of no values does not exist.", nameof(values));

        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
