using System.Text;

namespace ProDev.Architecture.Tests;

/// <summary>
/// The C# blocks of the READMEs, guides and recipes, and the regions of compiled code they are taken from. A block is preceded by
/// <c>&lt;!-- snippet: NAME --&gt;</c>, a region opens with <c>#region snippet: NAME</c>.
/// </summary>
internal static class Snippets
{
    private const string RegionStart = "#region snippet:";
    private const string RegionEnd = "#endregion";
    private const string Marker = "<!-- snippet:";

    public static IReadOnlyDictionary<string, string> InCode() => SourceFiles()
        .SelectMany(RegionsOf)
        .ToDictionary(region => region.Name, region => region.Text, StringComparer.Ordinal);

    public static IEnumerable<(string File, string? Name, string Text)> InDocuments() => Documents().SelectMany(BlocksOf);

    public static IEnumerable<string> Documents()
    {
        yield return House.PathOf("README.md");
        foreach (var package in House.Packages)
        {
            yield return House.PathOf("src", package, "README.md");
        }

        foreach (var document in new[] { "guides", "recipes" }.SelectMany(folder => Directory.EnumerateFiles(House.PathOf("docs", folder), "*.md")))
        {
            yield return document;
        }
    }

    /// <summary>Writes the regions into the documents: what to run after a region has changed.</summary>
    public static void Update()
    {
        var code = InCode();
        foreach (var document in Documents())
        {
            var output = new List<string>();
            string? pending = null;
            var skipping = false;
            foreach (var line in File.ReadAllLines(document))
            {
                if (skipping)
                {
                    skipping = line != "```";
                    if (skipping)
                    {
                        continue;
                    }
                }

                output.Add(line);
                if (line == "```csharp" && pending is not null && code.TryGetValue(pending, out var text))
                {
                    output.AddRange(text.Split('\n'));
                    skipping = true;
                }

                pending = NameOf(line) ?? (line.Length == 0 ? pending : null);
            }

            File.WriteAllText(document, string.Join('\n', output) + "\n");
        }
    }

    private static IEnumerable<string> SourceFiles() =>
        new[] { "tests", "samples" }.SelectMany(area => Directory.EnumerateFiles(House.PathOf(area), "*.cs", SearchOption.AllDirectories));

    private static IEnumerable<(string Name, string Text)> RegionsOf(string file)
    {
        string? name = null;
        var lines = new List<string>();
        foreach (var line in File.ReadLines(file))
        {
            var trimmed = line.Trim();
            if (trimmed.StartsWith(RegionStart, StringComparison.Ordinal))
            {
                name = trimmed[RegionStart.Length..].Trim();
                lines.Clear();
            }
            else if (name is not null && trimmed == RegionEnd)
            {
                yield return (name, Dedent(lines));
                name = null;
            }
            else
            {
                lines.Add(line);
            }
        }
    }

    private static IEnumerable<(string File, string? Name, string Text)> BlocksOf(string file)
    {
        string? name = null;
        StringBuilder? block = null;
        foreach (var line in File.ReadLines(file))
        {
            if (block is not null)
            {
                if (line == "```")
                {
                    yield return (Path.GetRelativePath(House.Root, file), name, block.ToString().TrimEnd('\n'));
                    block = null;
                    name = null;
                }
                else
                {
                    block.Append(line).Append('\n');
                }
            }
            else if (line.StartsWith("```csharp", StringComparison.Ordinal))
            {
                block = new StringBuilder();
            }
            else
            {
                name = NameOf(line) ?? (line.Length == 0 ? name : null);
            }
        }
    }

    private static string? NameOf(string line) => line.StartsWith(Marker, StringComparison.Ordinal)
        ? line[Marker.Length..].Replace("-->", "", StringComparison.Ordinal).Trim()
        : null;

    private static string Dedent(List<string> lines)
    {
        var indent = lines.Where(line => line.Trim().Length > 0).Select(line => line.Length - line.TrimStart().Length).DefaultIfEmpty().Min();
        return string.Join('\n', lines.Select(line => line.Length >= indent ? line[indent..].TrimEnd() : "")).Trim('\n');
    }
}
