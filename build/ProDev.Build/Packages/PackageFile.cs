using System.IO.Compression;
using System.Xml.Linq;

namespace ProDev.Build;

/// <summary>A built package (<c>.nupkg</c>): what its manifest says and which files are inside.</summary>
/// <param name="Path">The file.</param>
/// <param name="Id">The package's id.</param>
/// <param name="Version">Its version.</param>
/// <param name="Dependencies">Ids of the packages it depends on.</param>
/// <param name="Entries">Paths of the files inside, with forward slashes.</param>
/// <param name="Manifest">The <c>metadata</c> element of the manifest.</param>
public sealed record PackageFile(
    string Path,
    string Id,
    string Version,
    IReadOnlyList<string> Dependencies,
    IReadOnlyList<string> Entries,
    XElement Manifest)
{
    /// <summary>The symbol package that belongs beside it.</summary>
    public string SymbolsPath => System.IO.Path.ChangeExtension(Path, ".snupkg");

    /// <summary>Reads all packages of a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="BuildFailedException">There is no folder or no package in it, or a package cannot be read.</exception>
    public static IReadOnlyList<PackageFile> ReadAll(string folder)
    {
        string[] paths = Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*.nupkg").Order(StringComparer.Ordinal)] : [];
        return paths.Length > 0
            ? [.. paths.Select(Read)]
            : throw new BuildFailedException($"There are no packages in '{folder}'. Run the target Pack first.");
    }

    /// <summary>Reads one package.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="BuildFailedException">It is no package.</exception>
    public static PackageFile Read(string path)
    {
        try
        {
            using ZipArchive archive = ZipFile.OpenRead(path);
            ZipArchiveEntry manifest = archive.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal));
            using Stream stream = manifest.Open();
            XElement metadata = XDocument.Load(stream).Root!.Elements().Single(element => element.Name.LocalName == "metadata");
            return new PackageFile(
                path,
                Text(metadata, "id"),
                Text(metadata, "version"),
                [.. metadata.Descendants().Where(element => element.Name.LocalName == "dependency").Select(element => (string)element.Attribute("id")!).Distinct(StringComparer.OrdinalIgnoreCase)],
                [.. archive.Entries.Select(entry => entry.FullName)],
                metadata);
        }
        catch (Exception exception) when (exception is InvalidDataException or InvalidOperationException or System.Xml.XmlException)
        {
            throw new BuildFailedException($"'{path}' is no readable package: {exception.Message} Delete it and run the target Pack again.");
        }
    }

    /// <summary>The text of an element of the manifest, empty if it is not there.</summary>
    /// <param name="name">The element's name.</param>
    public string Field(string name) => Text(Manifest, name);

    private static string Text(XElement metadata, string name) =>
        metadata.Elements().FirstOrDefault(element => element.Name.LocalName == name)?.Value ?? string.Empty;
}
