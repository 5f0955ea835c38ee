namespace ProDev.Http;

/// <summary>
/// Reads the three forms of a date that RFC 9110 section 5.6.7 lets a server send. The name of the day must be one, but not the right one: a
/// two-digit year leaves open which it is, and nothing depends on it.
/// </summary>
internal static class HttpDate
{
    private const int CenturiesApart = 100;
    private const int FutureLimit = 50;

    private static readonly string[] Months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    private static readonly string[] Days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

    /// <summary>Reads a date.</summary>
    /// <param name="text">The value without white space around it.</param>
    /// <param name="now">Decides the century of a two-digit year.</param>
    /// <param name="date">The date, in UTC.</param>
    public static bool TryParse(ReadOnlySpan<char> text, DateTimeOffset now, out DateTimeOffset date)
    {
        date = default;
        var comma = text.IndexOf(',');
        if (comma < 0)
            return TryParseAsctime(text, out date);
        if (text.Length < comma + 2 || text[comma + 1] != ' ')
            return false;
        var rest = text[(comma + 2)..];
        return comma == 3
            ? IsShortDay(text[..comma]) && TryParseFixed(rest, out date)
            : IsLongDay(text[..comma]) && TryParseRfc850(rest, now, out date);
    }

    // 06 Nov 1994 08:49:37 GMT
    private static bool TryParseFixed(ReadOnlySpan<char> text, out DateTimeOffset date)
    {
        date = default;
        return text.Length == 24 && text[2] == ' ' && text[6] == ' ' && text[11] == ' ' && text[20..] is " GMT"
            && TryNumber(text[..2], out var day) && TryNumber(text[7..11], out var year)
            && TryMake(year, text[3..6], day, text[12..20], out date);
    }

    // 06-Nov-94 08:49:37 GMT
    private static bool TryParseRfc850(ReadOnlySpan<char> text, DateTimeOffset now, out DateTimeOffset date)
    {
        date = default;
        if (text.Length != 22 || text[2] != '-' || text[6] != '-' || text[9] != ' ' || text[18..] is not " GMT"
            || !TryNumber(text[..2], out var day) || !TryNumber(text[7..9], out var shortYear))
            return false;

        // Of the years that end so the latest that has this day and is not more than fifty years ahead. Shortly before the turn of a century that is one of the next.
        var thisYear = now.UtcDateTime.Year;
        var latest = thisYear > DateTime.MaxValue.Year - FutureLimit ? DateTimeOffset.MaxValue : now.AddYears(FutureLimit);
        var year = thisYear - (thisYear % CenturiesApart) + CenturiesApart + shortYear;
        for (var last = year - (2 * CenturiesApart); year >= last; year -= CenturiesApart)
        {
            if (TryMake(year, text[3..6], day, text[10..18], out date) && date <= latest)
                return true;
        }

        return false;
    }

    // Sun Nov  6 08:49:37 1994
    private static bool TryParseAsctime(ReadOnlySpan<char> text, out DateTimeOffset date)
    {
        date = default;
        return text.Length == 24 && IsShortDay(text[..3]) && text[3] == ' ' && text[7] == ' ' && text[10] == ' ' && text[19] == ' '
            && TryNumber(text[8] == ' ' ? text[9..10] : text[8..10], out var day) && TryNumber(text[20..], out var year)
            && TryMake(year, text[4..7], day, text[11..19], out date);
    }

    private static bool TryMake(int year, ReadOnlySpan<char> monthName, int day, ReadOnlySpan<char> time, out DateTimeOffset date)
    {
        date = default;
        var month = IndexOf(Months, monthName, length: 3) + 1;
        if (time[2] != ':' || time[5] != ':'
            || !TryNumber(time[..2], out var hour) || !TryNumber(time[3..5], out var minute) || !TryNumber(time[6..], out var second)
            || year is < 1 or > 9998 || month == 0 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour > 23 || minute > 59 || second > 60)
            return false;

        // The sixtieth second is a leap second.
        date = new DateTimeOffset(year, month, day, hour, minute, 0, TimeSpan.Zero).AddSeconds(second);
        return true;
    }

    private static bool IsShortDay(ReadOnlySpan<char> name) => name.Length == 3 && IndexOf(Days, name, length: 3) >= 0;

    private static bool IsLongDay(ReadOnlySpan<char> name) => name.Length > 3 && IndexOf(Days, name, length: int.MaxValue) >= 0;

    private static int IndexOf(string[] names, ReadOnlySpan<char> name, int length)
    {
        for (var i = 0; i < names.Length; i++)
        {
            if (name.SequenceEqual(names[i].AsSpan(0, Math.Min(length, names[i].Length))))
                return i;
        }

        return -1;
    }

    private static bool TryNumber(ReadOnlySpan<char> digits, out int number)
    {
        number = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit(digit))
                return false;
            number = (number * 10) + (digit - '0');
        }

        return true;
    }
}
