using System.Globalization;
using System.Runtime.InteropServices;

namespace ProDev.Http;

/// <summary>
/// What a caller tells about its attempt in the headers <see cref="NumberHeader"/> and <see cref="RemainingHeader"/>, read on the receiving side. It needs no
/// web framework, only a way to look headers up.
/// </summary>
/// <remarks>The caller can say what it likes: use it to stop early, to log, to answer 429; not to decide who may do what.</remarks>
[StructLayout(LayoutKind.Auto)]
public readonly struct HttpAttempt : IEquatable<HttpAttempt>
{
    /// <summary>
    /// The header with the number of the attempt: 1 for the first. It counts the attempts of one call of the client; where another policy around that call retries it,
    /// each of its attempts begins with 1 again.
    /// </summary>
    public const string NumberHeader = "Prodev-Attempt";

    /// <summary>
    /// The header with how many milliseconds the caller will wait from when it sent the request: the least of the limit of the attempt, its own deadline, and those
    /// of retry policies around it.
    /// </summary>
    public const string RemainingHeader = "Prodev-Remaining-Ms";

    private readonly int _retries;

    private HttpAttempt(int number, TimeSpan? remaining)
    {
        _retries = number - 1;
        Remaining = remaining;
    }

    /// <summary>Gets the number of the attempt: 1 for the first, and if the caller does not tell or what it tells cannot be read.</summary>
    public int Number => _retries + 1;

    /// <summary>
    /// Gets how long the caller will wait, from when it sent the request; zero if it has given up already. Null if it does not tell, or what it tells cannot be
    /// read. At most 24.8 days.
    /// </summary>
    public TimeSpan? Remaining { get; }

    /// <summary>Compares two values.</summary>
    /// <param name="left">The first.</param>
    /// <param name="right">The second.</param>
    public static bool operator ==(HttpAttempt left, HttpAttempt right) => left.Equals(right);

    /// <summary>Compares two values.</summary>
    /// <param name="left">The first.</param>
    /// <param name="right">The second.</param>
    public static bool operator !=(HttpAttempt left, HttpAttempt right) => !left.Equals(right);

    /// <summary>Reads the headers of a request. Of a header that comes more than once, none is believed.</summary>
    /// <param name="header">
    /// Returns the values of a header; null or none if the request does not have it. In ASP.NET Core:
    /// <c>HttpAttempt.Read(name =&gt; request.Headers[name])</c>.
    /// </param>
    /// <returns>What the caller tells.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="header"/> is null.</exception>
    public static HttpAttempt Read(Func<string, IEnumerable<string?>?> header)
    {
        ArgumentNullException.ThrowIfNull(header);
        var number = ReadNumber(header(NumberHeader));
        var remaining = ReadNumber(header(RemainingHeader));
        return new HttpAttempt(
            number is >= 1 and <= int.MaxValue ? (int)number : 1,
            remaining is { } milliseconds ? TimeSpan.FromMilliseconds(Math.Min(milliseconds, int.MaxValue)) : null);
    }

    /// <inheritdoc/>
    public bool Equals(HttpAttempt other) => _retries == other._retries && Remaining == other.Remaining;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is HttpAttempt other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_retries, Remaining);

    private static long? ReadNumber(IEnumerable<string?>? values)
    {
        string? only = null;
        foreach (var value in values ?? [])
        {
            if (only is not null)
                return null;
            only = value;
        }

        return long.TryParse(only, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
