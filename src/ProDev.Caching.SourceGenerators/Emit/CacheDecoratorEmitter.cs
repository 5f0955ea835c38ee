using ProDev.Shared.SourceGeneration;

namespace ProDev.Caching.SourceGenerators;

/// <summary>Writes the decorator.</summary>
internal static class CacheDecoratorEmitter
{
    private const string Package = "ProDev.Caching";
    private const string Runtime = "global::ProDev.Caching";

    public static GeneratedFile Emit(CacheDecoratorModel model)
    {
        var documented = $"<see cref=\"{model.Interface.FullName}\"/>";
        var summary = $"Answers the cached methods of {documented} from memory and passes everything else on.";
        var source = DecoratorFile.Write(model.Interface, Package, model.ClassName, summary, writer =>
        {
            WriteConstruction(writer, model);
            foreach (var method in model.Interface.Methods)
                WriteMethod(writer, model, method);
            PassThroughEmitter.WritePropertiesAndEvents(writer, model.Interface);
            foreach (var cached in model.Cached.Where(cached => cached.HasKeyStruct))
                WriteKey(writer, cached);
            WriteStores(writer, model);
        });
        return new GeneratedFile(model.Interface.HintName("Cache"), source);
    }

    private static void WriteConstruction(SourceWriter writer, CacheDecoratorModel model)
    {
        writer
            .Line($"private readonly {model.Interface.FullName} {MemberText.Inner};")
            .Line("private readonly Stores _stores;")
            .Line()
            .Block($"private {model.ClassName}({model.Interface.FullName} inner, Stores stores)", () => writer
                .Line($"{MemberText.Inner} = inner;")
                .Line("_stores = stores;"))
            .Line();
        DecoratorFile.WriteRegistration(writer, Package, $"""
            {Runtime}.CacheDecorators.Register<{model.Interface.FullName}>(static (services, serviceKey, inner) =>
                new {model.ClassName}(inner, {Runtime}.CacheDecorators.GetStores(services, serviceKey, static cache => new Stores(cache))))
            """);
    }

    private static void WriteMethod(SourceWriter writer, CacheDecoratorModel model, MethodModel method)
    {
        if (model.Cached.FirstOrDefault(cached => cached.Method == method) is { } cached)
            CachedMethodEmitter.Write(writer, cached);
        else if (model.Invalidating.FirstOrDefault(invalidating => invalidating.Method == method) is { } invalidating)
            InvalidatingMethodEmitter.Write(writer, invalidating);
        else
            PassThroughEmitter.WriteMethod(writer, method);
    }

    private static void WriteKey(SourceWriter writer, CachedMethodModel cached) => writer
        .Line()
        .Line($"/// <summary>The arguments that make the key of <c>{cached.Method.Name}</c>.</summary>")
        .Line($"private readonly record struct {cached.KeyStruct}({string.Join(", ", cached.Key.Select(parameter => $"{parameter.Type} {parameter.Name}"))});");

    private static void WriteStores(SourceWriter writer, CacheDecoratorModel model) => writer
        .Line()
        .Line("/// <summary>The cached results. All instances of the decorator in a container share them.</summary>")
        .Block($"private sealed class Stores({Runtime}.ProDevHybridCache cache)", () =>
        {
            writer.Line($"public {Runtime}.ProDevHybridCache Cache {{ get; }} = cache;");
            foreach (var cached in model.Cached)
            {
                var expiration = cached.Expiration is { } ticks ? $"global::System.TimeSpan.FromTicks({ticks}) /* {TimeSpan.FromTicks(ticks):c} */" : "null";
                writer
                    .Line()
                    .Line($"public {Runtime}.CachedMethod<{cached.KeyType}, {cached.Method.ResultType}> {cached.StoreName} {{ get; }} =")
                    .Indented($"new(cache, \"{cached.Method.DisplayName}\", expiration: {expiration});");
            }
        });
}
