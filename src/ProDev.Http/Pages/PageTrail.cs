using System.Globalization;

namespace ProDev.Http;

/// <summary>Where an enumeration of pages is and has been, and where it must not go.</summary>
internal sealed class PageTrail(Uri firstPage, HttpPageOptions options)
{
    private readonly Uri _first = firstPage;
    private readonly HashSet<string> _read = new(StringComparer.Ordinal) { Identity(firstPage) };

    public Uri Page { get; private set; } = firstPage;

    /// <exception cref="HttpRequestException">The link is not followed; the message says why.</exception>
    public void Follow(Uri next)
    {
        if (!next.IsAbsoluteUri)
            throw Refused($"The page {Page} links to {next}, and it is not known where that is: the response does not tell its address.");
        if (!IsHttp(next))
            throw Refused($"The page {Page} links to {next}, which is not an address of http or https. Only those are followed, also with {nameof(HttpPageOptions.AllowOtherOrigins)}.");
        if (!options.AllowOtherOrigins && !IsSameOrigin(next))
        {
            throw Refused(
                $"The page {Page} links to another origin, {next.GetLeftPart(UriPartial.Authority)}. The client's headers are not sent there. " +
                $"Set {nameof(HttpPageOptions)}.{nameof(HttpPageOptions.AllowOtherOrigins)} if they may.");
        }

        if (_read.Count >= options.MaxPages)
        {
            throw Refused(
                string.Create(CultureInfo.InvariantCulture, $"There are more than {options.MaxPages} pages. Raise {nameof(HttpPageOptions)}.") +
                $"{nameof(HttpPageOptions.MaxPages)} if that is right.",
                HttpRequestError.ConfigurationLimitExceeded);
        }

        if (!_read.Add(Identity(next)))
            throw Refused($"The page {Page} links to {next}, which was read already: the pages would never end.");
        Page = next;
    }

    /// <summary>Whether a client can send there: it refuses every other scheme.</summary>
    public static bool IsHttp(Uri page) => page.Scheme == Uri.UriSchemeHttp || page.Scheme == Uri.UriSchemeHttps;

    // By what is sent: a fragment stays with the client.
    private static string Identity(Uri page) =>
        page.IsAbsoluteUri ? page.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped) : page.OriginalString;

    private static HttpRequestException Refused(string message, HttpRequestError error = HttpRequestError.InvalidResponse) => new(error, message);

    private bool IsSameOrigin(Uri next) => _first.IsAbsoluteUri
        && Uri.Compare(_first, next, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;
}
