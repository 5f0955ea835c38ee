using ProDev.Shared.SourceGeneration;

namespace ProDev.Caching.SourceGenerators;

/// <summary>Writes the class that holds the results, and the one that holds what they depend on besides the arguments.</summary>
internal static class StoresEmitter
{
    private const string Runtime = "global::ProDev.Caching";

    public static void Write(SourceWriter writer, CacheDecoratorModel model)
    {
        writer
            .Line()
            .Line("/// <summary>The cached results. All instances of the decorator in a container share them.</summary>")
            .Block($"private sealed class Stores({Runtime}.CacheDecoratorContext context)", () =>
            {
                writer.Line($"public {Runtime}.ProDevHybridCache Cache {{ get; }} = context.Cache;");
                foreach (var cached in model.Cached)
                    WriteStore(writer, cached);
            });
        if (model.Parts.Count > 0)
            WriteParts(writer, model.Parts);
    }

    private static void WriteStore(SourceWriter writer, CachedMethodModel cached)
    {
        writer.Line();
        if (!cached.Method.IsGeneric)
        {
            writer.Line($"public {cached.StoreType} {cached.StoreName} {{ get; }} = new(").Indented($"{Arguments(cached)});");
            return;
        }

        // One store for each list of type arguments.
        var constraints = string.Concat(cached.Method.TypeParameters
            .Where(parameter => parameter.Constraints.Length > 0)
            .Select(parameter => $" where {parameter.Name} : {parameter.Constraints}"));
        writer
            .Line($"private readonly {Runtime}.CachedMethodFamily _{cached.StoreName.TrimStart('@')} = new(context);")
            .Line()
            .Line($"public {cached.StoreType} {cached.StoreName}{cached.Method.TypeArguments}(){constraints} =>")
            .Indented($"_{cached.StoreName.TrimStart('@')}.Get(static context => new {cached.StoreType}(\n    {Arguments(cached).Replace("\n", "\n    ")}));");
    }

    private static string Arguments(CachedMethodModel cached)
    {
        var options = cached.Options.Count == 0 ? "null" : $"new {Runtime}.CacheEntryOptions {{ {string.Join(", ", cached.Options)} }}";
        return $"""
            context,
            "{cached.Method.DisplayName}",
            options: {options},
            format: {Format(cached)}
            """;
    }

    private static string Format(CachedMethodModel cached)
    {
        if (cached.Text is not { } text)
            return "null";
        var writes = text.Writes.Count == 0 ? "{ }" : $"{{ {string.Join(" ", text.Writes)} }}";
        var types = string.Concat(cached.Method.TypeParameters.Select(parameter => $",\n    typeof({parameter.Name})"));
        return $"""
            new(
                "{text.Method}",
                schema: "{text.Schema}",
                write: static (writer, key) => {writes},
                read: static reader => {cached.KeyOf(text.Reads)}{types})
            """.Replace("\n,", ",");
    }

    private static void WriteParts(SourceWriter writer, EquatableArray<AmbientPart> parts) => writer
        .Line()
        .Line("/// <summary>What results depend on besides the arguments, as the scope has it.</summary>")
        .Block("private sealed class Parts(global::System.IServiceProvider services)", () =>
        {
            foreach (var part in parts)
                writer.Line($"public {Runtime}.ICacheKeyPart {part.Property} {{ get; }} = {Runtime}.CacheDecorators.GetPart<{part.Type}>(services);");
        });
}
