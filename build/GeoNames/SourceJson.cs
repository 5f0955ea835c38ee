using System.Text.Json.Serialization;

namespace GeoNames;

internal sealed record SourceInfo(string Version);

internal sealed record SourceDivision(string Code, string Name);

internal sealed record SourceCity(string Name, string Lat, string Lng, string Country, string Admin1, string Admin2);

/// <summary>The shapes of the source package's JSON files.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(SourceInfo))]
[JsonSerializable(typeof(SourceDivision[]))]
[JsonSerializable(typeof(SourceCity[]))]
internal sealed partial class SourceJson : JsonSerializerContext;
