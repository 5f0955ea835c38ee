using System.Collections;

namespace ProDev.Build;

/// <summary>How a file is pushed to a server with <c>dotnet nuget push</c>.</summary>
public static class PushCommand
{
    /// <summary>
    /// The arguments. A symbol package is pushed by itself: pushed along with its package, it would be left out where the package is
    /// on the server already, and a broken run could never be completed.
    /// </summary>
    /// <param name="file">The package (<c>.nupkg</c>) or symbol package (<c>.snupkg</c>).</param>
    /// <param name="feed">The server.</param>
    public static string Arguments(string file, PackageFeed feed)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(feed);
        string alone = IsSymbols(file) ? string.Empty : " --no-symbols";
        string insecure = feed.IsInsecure ? " --allow-insecure-connections" : string.Empty;
        return $"nuget push \"{file}\" --source {feed.Address} --skip-duplicate{alone}{insecure}";
    }

    /// <summary>The environment of this process with the key in it: unlike a command line, other users cannot read it.</summary>
    /// <param name="key">The key of the server.</param>
    public static IReadOnlyDictionary<string, string> Environment(string? key)
    {
        var environment = System.Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? string.Empty, StringComparer.Ordinal);
        environment["NUGET_API_KEY"] = key ?? string.Empty;
        environment["NUGET_SYMBOL_API_KEY"] = key ?? string.Empty;
        return environment;
    }

    /// <summary>Whether a push sent its file: for a server that takes no symbol packages, the command succeeds without a word.</summary>
    /// <param name="file">The file.</param>
    /// <param name="result">How the command ended.</param>
    public static bool Sent(string file, CommandResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.Lines.Any(line => line.Contains(Path.GetFileName(file), StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsSymbols(string file) => file.EndsWith(".snupkg", StringComparison.OrdinalIgnoreCase);
}
