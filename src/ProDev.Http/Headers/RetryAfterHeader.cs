using System.Globalization;
using System.Net.Http.Headers;

namespace ProDev.Http;

/// <summary>Reads the header <c>Retry-After</c> (RFC 9110 section 10.2.3): a number of seconds, or a date in one of three forms.</summary>
/// <remarks>
/// <para>
/// A date is compared with the response's own <c>Date</c>, if it has one: both come from the server's clock, so that a difference between
/// the clocks does not matter, and the time that the response took only makes the delay longer. Without it, a date is compared with ours.
/// </para>
/// <para>
/// Whatever is not one of the forms is ignored: signs, fractions, dates that do not exist. A number of seconds that is too large counts as
/// <see cref="Longest"/>, as RFC 9111 counts it, because the server asked for a long time and not for none. A date in the past is a delay of zero.
/// </para>
/// </remarks>
public static class RetryAfterHeader
{
    private const string Name = "Retry-After";
    private const string DateName = "Date";

    /// <summary>Gets the longest delay that is told: 68 years, the largest 32-bit number of seconds.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromSeconds(int.MaxValue);

    /// <summary>Reads the header of a response.</summary>
    /// <param name="response">The response. It is not changed.</param>
    /// <param name="timeProvider">The clock for dates, if the response has none; null means <see cref="TimeProvider.System"/>.</param>
    /// <returns>
    /// The delay, from the moment the response arrived; null if there is no such header, or none that can be read. Of several, on one line or on many, the longest: it is
    /// never early for any of them.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="response"/> is null.</exception>
    public static TimeSpan? Read(HttpResponseMessage response, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(response);

        // As it was sent: the typed header would drop what its own reading of dates does not take.
        var headers = response.Headers.NonValidated;
        if (!headers.TryGetValues(Name, out var values))
            return null;

        var now = Now(headers, timeProvider ?? TimeProvider.System);
        TimeSpan? longest = null;
        foreach (var value in values)
        {
            if (LongestOf(value, now) is { } delay && !(longest >= delay))
                longest = delay;
        }

        return longest;
    }

    /// <summary>Reads one value of the header, not a line of several.</summary>
    /// <param name="value">The value; white space around it does not matter. Null and empty are no value.</param>
    /// <param name="now">What a date is compared with: the server's time, as well as it is known.</param>
    /// <param name="delay">The delay from <paramref name="now"/> on; zero for a date in the past.</param>
    /// <returns>Whether the value is one of the forms.</returns>
    public static bool TryParse(ReadOnlySpan<char> value, DateTimeOffset now, out TimeSpan delay)
    {
        value = value.Trim(" \t");
        if (!value.IsEmpty && !value.ContainsAnyExceptInRange('0', '9'))
        {
            delay = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : Longest;
            return true;
        }

        delay = TimeSpan.Zero;
        if (!HttpDate.TryParse(value, now, out var date))
            return false;
        if (date > now)
            delay = date - now < Longest ? date - now : Longest;
        return true;
    }

    // A line may hold several values, where proxies put lines together. Only a date has a comma of its own, after the name of its day.
    private static TimeSpan? LongestOf(ReadOnlySpan<char> line, DateTimeOffset now)
    {
        TimeSpan? longest = null;
        while (!line.IsEmpty)
        {
            var end = EndOf(line, from: 0);
            var isRead = TryParse(line[..end], now, out var delay);
            if (!isRead && end < line.Length)
            {
                var endOfDate = EndOf(line, from: end + 1);
                isRead = TryParse(line[..endOfDate], now, out delay);
                end = isRead ? endOfDate : end;
            }

            if (isRead && !(longest >= delay))
                longest = delay;
            line = end < line.Length ? line[(end + 1)..] : [];
        }

        return longest;
    }

    private static int EndOf(ReadOnlySpan<char> line, int from)
    {
        var comma = line[from..].IndexOf(',');
        return comma < 0 ? line.Length : from + comma;
    }

    private static DateTimeOffset Now(HttpHeadersNonValidated headers, TimeProvider timeProvider)
    {
        var own = timeProvider.GetUtcNow();
        return headers.TryGetValues(DateName, out var sent) && sent.Count == 1 && HttpDate.TryParse(sent.ToString().AsSpan().Trim(" \t"), own, out var date)
            ? date
            : own;
    }
}
