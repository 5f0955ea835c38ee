using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ProDev.Caching.Internal;

/// <summary>Finds state of a type that JSON drops without a word, so that the value would come back as another one.</summary>
internal static class JsonLoss
{
    private const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private const string BackingField = ">k__BackingField";

    public static string? Find(JsonTypeInfo info)
    {
        var canBeMade = info.CreateObject is not null || info.Properties.Any(static property => property.AssociatedParameter is not null);
        if (!canBeMade && info.PolymorphismOptions is null)
            return $"'{info.Type}' has no constructor that JSON can use";

        // Without dynamic code the fields may have been trimmed away, and metadata is generated from the members it found.
        return RuntimeFeature.IsDynamicCodeSupported ? FindField(info) : null;
    }

    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "A field that was trimmed away is read by nobody, so that nothing is lost with it.")]
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "As above.")]
    private static string? FindField(JsonTypeInfo info)
    {
        var fields = 0;
        for (var type = info.Type; type is not null && type != typeof(object); type = type.BaseType)
        {
            foreach (var field in type.GetFields(Own))
            {
                fields++;
                if (IsLost(info, type, field) is { } name)
                    return $"JSON does not keep '{name}' of '{type}'";
            }
        }

        return fields > 0 && info.Properties.Count == 0 ? $"JSON keeps nothing of '{info.Type}'" : null;
    }

    // A private field with code of its own around it cannot be judged: the members that JSON sees may stand for it.
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "As above; a property that was trimmed away is not in the metadata either.")]
    private static string? IsLost(JsonTypeInfo info, Type type, FieldInfo field)
    {
        MemberInfo? member = field.IsPublic ? field : null;
        if (field.Name.EndsWith(BackingField, StringComparison.Ordinal))
            member = type.GetProperty(field.Name[1..^BackingField.Length], Own);
        if (member is null || member.GetCustomAttribute<JsonIgnoreAttribute>() is { Condition: JsonIgnoreCondition.Always })
            return null;
        var known = info.Properties.FirstOrDefault(property => property.AttributeProvider is MemberInfo candidate && candidate.Name == member.Name);
        return known is not null && (known.Set is not null || known.AssociatedParameter is not null || IsPopulated(info, known)) ? null : member.Name;
    }

    private static bool IsPopulated(JsonTypeInfo info, JsonPropertyInfo property) =>
        (property.ObjectCreationHandling ?? info.PreferredPropertyObjectCreationHandling ?? info.Options.PreferredObjectCreationHandling)
        == JsonObjectCreationHandling.Populate;
}
