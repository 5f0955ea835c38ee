using System.Text.Json.Serialization;

namespace AotCache;

[JsonSerializable(typeof(CountrySummary))]
internal sealed partial class AtlasJson : JsonSerializerContext;
