using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ProDev.Caching.Internal;

/// <summary>
/// Walks the metadata of a type and of all it consists of. Writes down names and types of the members, which tells two versions of a
/// class apart; and finds what would not come back as it went in.
/// </summary>
internal sealed class JsonShape
{
    private readonly JsonSerializerOptions _options;
    private readonly StringBuilder _text = new();
    private readonly HashSet<Type> _seen = [];

    private JsonShape(JsonSerializerOptions options) => _options = options;

    private string? Fault { get; set; }

    /// <summary>The shape of a type, or why it cannot be kept as JSON.</summary>
    public static (string? Shape, string? Fault) Of(Type type, JsonSerializerOptions options)
    {
        var walk = new JsonShape(options);
        try
        {
            walk.Visit(type);
        }
        catch (Exception exception) when (exception is InvalidOperationException or NotSupportedException or JsonException or ArgumentException)
        {
            // Metadata is made when it is asked for, and says so here when the type contradicts itself.
            walk.Fault ??= exception.Message;
        }

        return walk.Fault is null ? (walk._text.ToString(), null) : (null, walk.Fault);
    }

    private void Visit(Type type)
    {
        if (Fault is not null)
            return;
        _text.Append(TypeNames.Of(type));
        if (!_seen.Add(type))
            return;
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            Visit(underlying);
        else if (type == typeof(object))
            Fault = "'object' comes back as a JsonElement";
        else if (!_options.TryGetTypeInfo(type, out var info))
            Fault = $"there is no JSON metadata of '{type}'";
        else
            Visit(info);
    }

    private void Visit(JsonTypeInfo info)
    {
        if (info.Kind == JsonTypeInfoKind.None)
            _text.Append(CultureInfo.InvariantCulture, $"={TypeNames.Of(info.Converter.GetType())}");
        if (info.KeyType is { } key)
            Visit(key);
        if (info.ElementType is { } element)
            Visit(element);
        if (info.Kind == JsonTypeInfoKind.Object)
            VisitMembers(info);
        foreach (var derived in info.PolymorphismOptions?.DerivedTypes ?? [])
        {
            _text.Append(CultureInfo.InvariantCulture, $"|{derived.TypeDiscriminator}:");
            Visit(derived.DerivedType);
        }
    }

    private void VisitMembers(JsonTypeInfo info)
    {
        if (JsonLoss.Find(info) is { } loss)
        {
            Fault = loss;
            return;
        }

        _text.Append('{');
        foreach (var property in info.Properties)
        {
            _text.Append(CultureInfo.InvariantCulture, $"{property.Name.Length}:{property.Name}=");
            Visit(property.PropertyType);
        }

        _text.Append('}');
    }
}
