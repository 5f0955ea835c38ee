namespace ProDev.Build;

/// <summary>Where packages are published: a folder or the address of a server.</summary>
/// <param name="Address">The address as <c>dotnet nuget push</c> takes it.</param>
/// <param name="IsFolder">Whether it is a folder of this machine.</param>
public sealed record PackageFeed(string Address, bool IsFolder)
{
    /// <summary>Whether it is a server of this machine that is reached without encryption.</summary>
    public bool IsInsecure => !IsFolder && Address.StartsWith("http:", StringComparison.OrdinalIgnoreCase);

    /// <summary>Takes a feed as a person writes it.</summary>
    /// <param name="text">
    /// An <c>https</c> address (<c>http</c> too, if it is of this machine) or a folder; a relative one counts from <paramref name="workingDirectory"/>.
    /// </param>
    /// <param name="workingDirectory">A full path.</param>
    /// <param name="key">The key for a server; a folder needs none.</param>
    /// <exception cref="BuildFailedException">It is neither, or a server without a key.</exception>
    public static PackageFeed Parse(string? text, string workingDirectory, string? key)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new BuildFailedException("There is no feed to publish to. Give a folder or an https address with --feed.");
        }

        if (!text.Contains("://", StringComparison.Ordinal))
        {
            return new PackageFeed(Path.GetFullPath(text, workingDirectory), IsFolder: true);
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? address) || !IsSafe(address))
        {
            throw new BuildFailedException($"The feed '{text}' cannot be used. Give a folder or an address that begins with https://.");
        }

        if (address.UserInfo.Length > 0)
        {
            throw new BuildFailedException($"The address of a feed must not hold a name or a password, as that of '{address.Host}' does: other people can read command lines.");
        }

        return string.IsNullOrWhiteSpace(key)
            ? throw new BuildFailedException($"The feed '{text}' needs a key. Set the environment variable PRODEV_FEED_KEY.")
            : new PackageFeed(address.AbsoluteUri, IsFolder: false);
    }

    /// <summary>Makes the folder of a feed that is one, unless it is there. An address is left as it is.</summary>
    /// <exception cref="BuildFailedException">The folder cannot be made.</exception>
    public void Prepare()
    {
        try
        {
            if (IsFolder)
            {
                Directory.CreateDirectory(Address);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BuildFailedException(
                $"The feed '{Address}' cannot be used: {exception.Message} Give with --feed a folder that exists or can be made, or an https address.");
        }
    }

    private static bool IsSafe(Uri address) =>
        address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback);
}
