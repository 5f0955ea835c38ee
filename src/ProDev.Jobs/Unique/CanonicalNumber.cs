using System.Globalization;

namespace ProDev.Jobs;

/// <summary>Gives equal JSON numbers one spelling, exactly: 1, 1.0, 10e-1 and 0.1E1 are 1. No number is rounded, however long it is.</summary>
internal static class CanonicalNumber
{
    public static string Of(string json)
    {
        string sign = json[0] == '-' ? "-" : "";
        string unsigned = json[sign.Length..];
        int e = unsigned.IndexOfAny(['e', 'E']);
        long exponent = 0;
        if (e >= 0 && !long.TryParse(unsigned.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
            return json;

        string mantissa = e < 0 ? unsigned : unsigned[..e];
        int point = mantissa.IndexOf('.', StringComparison.Ordinal);
        string digits = point < 0 ? mantissa : mantissa.Remove(point, 1);
        exponent -= point < 0 ? 0 : mantissa.Length - point - 1;
        string shortened = digits.TrimEnd('0');
        exponent += digits.Length - shortened.Length;
        shortened = shortened.TrimStart('0');
        return shortened.Length == 0
            ? "0"
            : string.Create(CultureInfo.InvariantCulture, $"{sign}{shortened}{(exponent == 0 ? "" : $"e{exponent}")}");
    }
}
