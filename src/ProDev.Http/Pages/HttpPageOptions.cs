namespace ProDev.Http;

/// <summary>The limits of <see cref="HttpPageExtensions"/>. Instances are not changed by a call and may be shared once they are set up.</summary>
public sealed class HttpPageOptions
{
    /// <summary>Gets or sets how many pages are read at most. If there are more, the enumeration ends with an exception, not early and silently.</summary>
    /// <value>1000 by default; at least 1.</value>
    public int MaxPages { get; set; } = 1000;

    /// <summary>Gets or sets whether a page may lie at another origin (scheme, host and port) than the first request.</summary>
    /// <value>
    /// <see langword="false"/> by default, which ends the enumeration with an exception: the client's default headers, among them credentials, would go to whom
    /// the server names, over http as over https. Set it only for a client without credentials. Links to other schemes than these two always end the enumeration.
    /// </value>
    public bool AllowOtherOrigins { get; set; }

    /// <summary>Gets or sets what changes each request before it is sent, for example to add a header.</summary>
    /// <value><see langword="null"/> by default.</value>
    public Action<HttpRequestMessage>? ConfigureRequest { get; set; }
}
