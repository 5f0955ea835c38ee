using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ProDev.Jobs;

/// <summary>
/// Makes the keys of unique jobs: SHA-256 over a canonical JSON array of name, queue if it counts, and what was chosen. The form is kept for ever, because keys
/// in stores are compared with those of later versions.
/// </summary>
internal static class UniqueKeys
{
    /// <summary>As deep as the writer goes.</summary>
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 1000 };

    /// <param name="rule">The rule; checked.</param>
    /// <param name="binding">The job.</param>
    /// <param name="queue">The queue that it goes to.</param>
    /// <param name="payload">Its arguments; empty if they are not known yet.</param>
    /// <param name="options">How arguments become JSON.</param>
    /// <returns>The key; <see langword="null"/> if the rule says that the job is not unique.</returns>
    public static JobUniqueKey? Create(
        JobUniqueness rule, JobBinding binding, string queue, ReadOnlyMemory<byte> payload, JsonSerializerOptions options)
    {
        if (rule.Kind == UniqueBy.Nothing)
            return null;
        string name = binding.Definition.Name;
        if (payload.IsEmpty && rule.Kind is UniqueBy.Arguments or UniqueBy.Properties)
        {
            throw Fault(
                $"The job '{name}' is to be unique by its arguments, but it gets them from the job before it. Use JobUniqueness.ByKey() or ByName().");
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            writer.WriteStringValue("prodev.jobs.unique");
            writer.WriteStringValue(name);
            writer.WriteStringValue(rule.PerQueue ? queue : null);
            writer.WriteNumberValue((int)rule.Kind);
            if (rule.Kind == UniqueBy.Key)
                writer.WriteStringValue(rule.Parts[0]);
            else if (rule.Kind is UniqueBy.Arguments or UniqueBy.Properties)
                WriteArguments(writer, rule, binding, payload, options);
            writer.WriteEndArray();
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(buffer.WrittenSpan, hash);
        return new JobUniqueKey { Key = Base64Url.EncodeToString(hash), Period = rule.Period, States = rule.States, OnConflict = rule.OnConflict };
    }

    private static void WriteArguments(
        Utf8JsonWriter writer, JobUniqueness rule, JobBinding binding, ReadOnlyMemory<byte> payload, JsonSerializerOptions options)
    {
        using JsonDocument document = JsonDocument.Parse(payload, Deep);
        JsonElement arguments = document.RootElement;
        if (rule.Kind == UniqueBy.Arguments)
        {
            CanonicalJson.Write(writer, arguments);
            return;
        }

        JsonTypeInfo contract = binding.ArgumentsContract(options);
        foreach (string name in rule.Parts.Select(p => JsonNameOf(p, binding, contract, options)).Order(StringComparer.Ordinal))
        {
            writer.WriteStringValue(name);
            if (arguments.ValueKind == JsonValueKind.Object && arguments.TryGetProperty(name, out JsonElement value))
                CanonicalJson.Write(writer, value);
            else
                writer.WriteNullValue();
        }
    }

    private static string JsonNameOf(string name, JobBinding binding, JsonTypeInfo contract, JsonSerializerOptions options)
    {
        // Keys of a dictionary are not known before.
        if (contract.Kind == JsonTypeInfoKind.Dictionary)
            return name;
        if (contract.Kind != JsonTypeInfoKind.Object)
        {
            throw Fault(
                $"The job '{binding.Definition.Name}' is to be unique by the property '{name}', but its arguments ('{binding.ArgsType}') are no JSON object " +
                "with known properties. Use JobUniqueness.ByArguments() or ByKey().");
        }

        string[] known = [.. contract.Properties.Where(static p => p.Get is not null).Select(static p => p.Name)];
        if (known.Contains(name, StringComparer.Ordinal))
            return name;
        string converted = options.PropertyNamingPolicy?.ConvertName(name) ?? name;
        return known.Contains(converted, StringComparer.Ordinal)
            ? converted
            : throw Fault(
                $"The job '{binding.Definition.Name}' is to be unique by the property '{name}', which its arguments ('{binding.ArgsType}') do not have as " +
                $"JSON. They have: {string.Join(", ", known.Select(static k => $"'{k}'"))}.");
    }

#pragma warning disable MA0015, CA2208 // Named after the option that the application set.
    private static ArgumentException Fault(string message) => new(message, nameof(EnqueueOptions.Unique));
#pragma warning restore MA0015, CA2208
}
