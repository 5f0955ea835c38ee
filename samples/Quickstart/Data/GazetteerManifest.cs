using System.Text.Json;
using System.Text.Json.Serialization;

namespace Quickstart.Data;

/// <summary>What the data files must hold; written by build/GeoNames beside them.</summary>
internal sealed record GazetteerManifest(IReadOnlyList<DataFile> Files, IReadOnlyList<CountryCounts> Countries)
{
    public const string FileName = "manifest.json";

    public static GazetteerManifest Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            using var content = File.OpenRead(path);
            return JsonSerializer.Deserialize(content, ManifestJson.Default.GazetteerManifest)
                ?? throw new GazetteerException($"The data file '{path}' is damaged: it holds null. {Gazetteer.Remedy}");
        }
        catch (JsonException e)
        {
            throw new GazetteerException($"The data file '{path}' is damaged: {e.Message} {Gazetteer.Remedy}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new GazetteerException($"The data file '{path}' cannot be read: {e.Message} {Gazetteer.Remedy}", e);
        }
    }
}

/// <summary>A compressed file: its rows, its size as stored and as text, and the hash of what is stored.</summary>
internal sealed record DataFile(string Name, int Rows, int Bytes, int TextBytes, string Sha256);

/// <summary>How many rows the files hold for one country.</summary>
internal sealed record CountryCounts(string Code, int Regions, int Districts, int Cities)
{
    public int Rows => Regions + Districts + Cities;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(GazetteerManifest))]
internal sealed partial class ManifestJson : JsonSerializerContext;
