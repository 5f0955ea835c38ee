using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProDev.Build;

/// <summary>Reads and writes the benchmark files. Unknown and missing members are errors that name the file and the place.</summary>
public static class BenchmarkFile
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        // The files are read by people; they are never part of a web page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        ReadCommentHandling = JsonCommentHandling.Skip,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        NumberHandling = JsonNumberHandling.Strict,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>Writes a run; creates the directory.</summary>
    /// <param name="path">The file, replaced when it exists.</param>
    /// <param name="run">The results.</param>
    public static void Write(string path, BenchmarkRun run)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(run);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.WriteAllText(path, JsonSerializer.Serialize(run, Format) + "\n");
    }

    /// <summary>Reads a run.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="BenchmarkException">The file is missing or has another form.</exception>
    public static BenchmarkRun Read(string path) => Read<BenchmarkRun>(path, "Run the benchmark project again; it writes this file.");

    internal static T Read<T>(string path, string remedy)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllText(path), Format)
                ?? throw new BenchmarkException($"\"{path}\" holds null. {remedy}");
        }
        catch (JsonException e)
        {
            var line = e.LineNumber is { } number ? $", line {number + 1}" : "";
            throw new BenchmarkException($"\"{path}\" is malformed at {e.Path ?? "its start"}{line}: {e.Message} {remedy}", e);
        }
        catch (IOException e)
        {
            throw new BenchmarkException($"\"{path}\" cannot be read: {e.Message} {remedy}", e);
        }
    }
}
