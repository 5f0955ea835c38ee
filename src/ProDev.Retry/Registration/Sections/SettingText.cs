using System.Globalization;

namespace ProDev.Retry;

/// <summary>Reads the text of one setting and hands its value on; false if it cannot be read. The culture of the machine does not matter.</summary>
internal static class SettingText
{
    public static bool Number(string text, Action<int> set) => Set(int.TryParse(text, CultureInfo.InvariantCulture, out var value), value, set);

    public static bool Fraction(string text, Action<double> set) =>
        Set(double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value), value, set);

    public static bool Choice<TEnum>(string text, Action<TEnum> set)
        where TEnum : struct, Enum => Set(Enum.TryParse<TEnum>(text, ignoreCase: true, out var value), value, set);

    // Without a colon it would be a number of days, which nobody means.
    public static bool Time(string text, Action<TimeSpan> set)
    {
        var value = TimeSpan.Zero;
        return Set(text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParseExact(text, ["c", "g"], CultureInfo.InvariantCulture, out value), value, set);
    }

    private static bool Set<T>(bool isRead, T value, Action<T> set)
    {
        if (isRead)
            set(value);
        return isRead;
    }
}
