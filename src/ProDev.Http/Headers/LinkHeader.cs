namespace ProDev.Http;

/// <summary>Reads the header <c>Link</c> (RFC 8288), by which a response names what belongs to it: its next page, its author, its schema.</summary>
public static class LinkHeader
{
    private const string Name = "Link";

    /// <summary>Finds the first link with a relation.</summary>
    /// <remarks>
    /// A relative target is resolved against the address that the response came from, which is the last one after redirects. Links that speak about
    /// another resource (<c>anchor</c>) and links that cannot be read are passed over.
    /// </remarks>
    /// <param name="response">The response. It is not changed.</param>
    /// <param name="relation">The relation, for example <c>next</c>. Letter case does not matter.</param>
    /// <returns>
    /// The target, absolute unless the response does not tell where it came from; null if there is no such link.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="response"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="relation"/> is null, empty or white space.</exception>
    public static Uri? Find(HttpResponseMessage response, string relation)
    {
        ArgumentNullException.ThrowIfNull(response);
        ArgumentException.ThrowIfNullOrWhiteSpace(relation);
        if (!response.Headers.NonValidated.TryGetValues(Name, out var values))
            return null;

        foreach (var value in values)
        {
            var reader = new LinkReader(value);
            while (reader.Read())
            {
                if (reader.Has(relation) && Resolve(response.RequestMessage?.RequestUri, reader.Target) is { } target)
                    return target;
            }
        }

        return null;
    }

    private static Uri? Resolve(Uri? source, ReadOnlySpan<char> target)
    {
        // On Unix a target that begins with a slash would count as an absolute path of a file.
        var text = target.ToString();
        if (source is { IsAbsoluteUri: true })
            return Uri.TryCreate(source, text, out var resolved) ? resolved : null;
        return Uri.TryCreate(text, text.StartsWith('/') ? UriKind.Relative : UriKind.RelativeOrAbsolute, out var uri) ? uri : null;
    }
}
