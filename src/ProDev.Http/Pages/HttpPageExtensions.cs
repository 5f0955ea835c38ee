using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ProDev.Http;

/// <summary>Reads what a server hands out in pages that are linked by <c>Link: &lt;...&gt;; rel="next"</c> (RFC 8288) as one sequence.</summary>
public static class HttpPageExtensions
{
    private const string Next = "next";

    /// <summary>Gets a page and all that follow. Nothing is sent before the enumeration begins, nor a request before its page is asked for.</summary>
    /// <param name="client">The client.</param>
    /// <param name="firstPage">The address of the first page; relative to <see cref="HttpClient.BaseAddress"/> if it is not absolute.</param>
    /// <param name="options">The limits; null means the defaults, which are documented on <see cref="HttpPageOptions"/>.</param>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    /// <returns>
    /// The pages, with bodies that are not read yet. Each is disposed when the next one is asked for or the enumeration ends; a sequence can be
    /// enumerated again, which sends the requests again.
    /// </returns>
    /// <exception cref="ArgumentNullException">The client or the address is null.</exception>
    /// <exception cref="ArgumentException">
    /// The address is neither of http nor of https. A path such as <c>/items</c> is, on Unix, an absolute address of a file unless it is made with
    /// <see cref="UriKind.Relative"/>.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="HttpPageOptions.MaxPages"/> is below 1.</exception>
    /// <exception cref="HttpProblemException">During the enumeration: a page tells of a failure.</exception>
    /// <exception cref="HttpRequestException">
    /// During the enumeration: a page could not be got, there are more pages than <see cref="HttpPageOptions.MaxPages"/>, a page links to one that was read already, to
    /// another origin, or to what is neither http nor https.
    /// </exception>
    public static IAsyncEnumerable<HttpResponseMessage> GetPagesAsync(
        this HttpClient client, Uri firstPage, HttpPageOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(firstPage);
        options ??= new HttpPageOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxPages, 1, nameof(options));
        if (firstPage.IsAbsoluteUri && !PageTrail.IsHttp(firstPage))
            throw new ArgumentException($"The first page is {firstPage}, which is not an address of http or https.", nameof(firstPage));
        return PagesAsync(client, firstPage, options, cancellationToken);
    }

    /// <summary>Gets the items of a page and all that follow, where the body of a page is a JSON array. Items are read as they arrive.</summary>
    /// <typeparam name="T">The items.</typeparam>
    /// <param name="client">The client.</param>
    /// <param name="firstPage">The address of the first page; relative to <see cref="HttpClient.BaseAddress"/> if it is not absolute.</param>
    /// <param name="itemType">How an item is read, from a <see cref="System.Text.Json.Serialization.JsonSerializerContext"/>.</param>
    /// <param name="options">The limits; null means the defaults, which are documented on <see cref="HttpPageOptions"/>.</param>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    /// <returns>The items, in the order of the pages; an item that is <c>null</c> in the JSON is null here.</returns>
    /// <exception cref="JsonException">During the enumeration: the body of a page is not a JSON array of such items.</exception>
    /// <inheritdoc cref="GetPagesAsync"/>
    public static IAsyncEnumerable<T?> GetItemsAsync<T>(
        this HttpClient client,
        Uri firstPage,
        JsonTypeInfo<T> itemType,
        HttpPageOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(itemType);
        return ItemsAsync(client.GetPagesAsync(firstPage, options, cancellationToken), itemType, cancellationToken);
    }

    private static async IAsyncEnumerable<T?> ItemsAsync<T>(
        IAsyncEnumerable<HttpResponseMessage> pages, JsonTypeInfo<T> itemType, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in pages.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            var body = await page.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            var items = JsonSerializer.DeserializeAsyncEnumerable(body, itemType, cancellationToken);
            await foreach (var item in items.ConfigureAwait(false))
                yield return item;
        }
    }

    private static async IAsyncEnumerable<HttpResponseMessage> PagesAsync(
        HttpClient client, Uri firstPage, HttpPageOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var trail = new PageTrail(client.BaseAddress is { } root ? new Uri(root, firstPage) : firstPage, options);
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, trail.Page)
            {
                Version = client.DefaultRequestVersion,
                VersionPolicy = client.DefaultVersionPolicy,
            };
            options.ConfigureRequest?.Invoke(request);
            using var page = await client
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
                .ConfigureAwait(false);
            await page.EnsureSuccessOrProblemAsync(cancellationToken).ConfigureAwait(false);

            // Before the body is handed out, because whoever reads it may dispose the page.
            var next = LinkHeader.Find(page, Next);
            yield return page;
            if (next is null)
                yield break;
            trail.Follow(next);
        }
    }
}
