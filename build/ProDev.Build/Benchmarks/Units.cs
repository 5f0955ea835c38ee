using System.Globalization;

namespace ProDev.Build;

/// <summary>Writes figures for people, with three significant digits and a unit.</summary>
internal static class Units
{
    public static string Time(double nanoseconds) => nanoseconds switch
    {
        < 1e3 => $"{Digits(nanoseconds)} ns",
        < 1e6 => $"{Digits(nanoseconds / 1e3)} µs",
        < 1e9 => $"{Digits(nanoseconds / 1e6)} ms",
        _ => $"{Digits(nanoseconds / 1e9)} s",
    };

    public static string Bytes(double bytes) => bytes < 10_000 ? $"{Digits(bytes)} B" : $"{Digits(bytes / 1_000)} kB";

    public static string Rate(double perSecond) => $"{Digits(perSecond)}/s";

    public static string Count(double count) => count.ToString("#,##0.##", CultureInfo.InvariantCulture);

    public static string Figure(double value, GateMetric metric) => metric switch
    {
        GateMetric.Allocated => Bytes(value),
        GateMetric.Rate => Rate(value),
        GateMetric.HitRatio => Percent(value),
        GateMetric.Count => Count(value),
        _ => Time(value),
    };

    public static string Ratio(double value) => $"{value.ToString("0.00#", CultureInfo.InvariantCulture)}x";

    public static string Percent(double value) => $"{value.ToString("0.0#", CultureInfo.InvariantCulture)} %";

    /// <summary>A difference of two percentages.</summary>
    public static string Points(double value) => $"{value.ToString("+0.0#;-0.0#;0.0", CultureInfo.InvariantCulture)} pp";

    private static string Digits(double value)
    {
        var format = Math.Abs(value) switch { >= 100 => "#,##0", >= 10 => "0.#", _ => "0.##" };
        return value.ToString(format, CultureInfo.InvariantCulture);
    }
}
