using System.IO.Compression;

namespace ProDev.Build.Tests;

/// <summary>Writes a package as the SDK would, with or without what the test wants missing.</summary>
internal sealed class PackageBuilder(TemporaryDirectory directory, string id)
{
    public string Version { get; init; } = "0.1.0-alpha";
    public string Metadata { get; init; } =
        "<readme>README.md</readme><license type=\"expression\">MIT</license><description>One idea.</description><tags>prodev</tags>";

    public IReadOnlyList<string> Dependencies { get; init; } = [];
    public IReadOnlyList<string> Files { get; init; } = ["README.md", $"lib/net10.0/{id}.dll", $"lib/net10.0/{id}.xml"];
    public bool HasSymbols { get; init; } = true;

    public PackageFile Build() => PackageFile.Read(Write());

    public string Write()
    {
        string path = directory.Combine($"{id}.{Version}.nupkg");
        using (ZipArchive archive = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            Add(archive, $"{id}.nuspec", $"""
                <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd"><metadata>
                <id>{id}</id><version>{Version}</version>{Metadata}
                <dependencies><group targetFramework="net10.0">{string.Concat(Dependencies.Select(other => $"<dependency id=\"{other}\" version=\"1\" />"))}</group></dependencies>
                </metadata></package>
                """);
            foreach (string file in Files)
            {
                Add(archive, file, string.Empty);
            }
        }

        if (HasSymbols)
        {
            File.WriteAllText(Path.ChangeExtension(path, ".snupkg"), $"symbols of {id}");
        }

        return path;
    }

    private static void Add(ZipArchive archive, string name, string text)
    {
        using var writer = new StreamWriter(archive.CreateEntry(name).Open());
        writer.Write(text);
    }
}
