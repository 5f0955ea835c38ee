using ProDev.Shared.SourceGeneration;

namespace ProDev.Caching.SourceGenerators;

/// <summary>Writes the decorator, and the interface by which its results are removed.</summary>
internal static class CacheDecoratorEmitter
{
    private const string Package = "ProDev.Caching";
    private const string Decorators = "global::ProDev.Caching.CacheDecorators";

    public static GeneratedFile? Emit(CacheDecoratorModel model)
    {
        var declared = model.Invalidator is { IsDeclaredHere: true } invalidator ? invalidator : null;
        if (model.IsOpen && declared is null)
            return null;
        var source = DecoratorFile.Write(model.Interface, Package, writer =>
        {
            if (!model.IsOpen)
                WriteDecorator(writer, model);
            if (!model.IsOpen && declared is not null)
                writer.Line();
            if (declared is not null)
                InvalidatorEmitter.WriteInterface(writer, Package, model.Interface, declared);
        });
        return new GeneratedFile(model.Interface.HintName("Cache"), source);
    }

    private static void WriteDecorator(SourceWriter writer, CacheDecoratorModel model)
    {
        var summary = $"Answers the cached methods of <see cref=\"{model.Interface.DocumentationName}\"/> from memory and passes everything else on.";
        DecoratorFile.WriteDecorator(writer, model.Interface, Package, model.ClassName, summary, () =>
        {
            WriteConstruction(writer, model);
            foreach (var method in model.Interface.Methods)
                WriteMethod(writer, model, method);
            PassThroughEmitter.WritePropertiesAndEvents(writer, model.Interface);
            foreach (var cached in model.Cached.Where(cached => cached.HasKeyStruct))
                WriteKey(writer, cached);
            StoresEmitter.Write(writer, model);
            if (model.Invalidator is not null)
                InvalidatorEmitter.WriteClass(writer, model.Invalidator, model.Parts.Count > 0);
        });
    }

    private static void WriteConstruction(SourceWriter writer, CacheDecoratorModel model)
    {
        var hasParts = model.Parts.Count > 0;
        writer
            .Line($"private readonly {model.Interface.FullName} {MemberText.Inner};")
            .Line("private readonly Stores _stores;")
            .Line(hasParts ? "private readonly Parts _parts;\n" : "")
            .Block($"private {model.ClassName}({model.Interface.FullName} inner, Stores stores{(hasParts ? ", Parts parts" : "")})", () =>
            {
                writer.Line($"{MemberText.Inner} = inner;").Line("_stores = stores;");
                if (hasParts)
                    writer.Line("_parts = parts;");
            })
            .Line();
        var parts = hasParts ? ", new Parts(services)" : "";
        var calls = new List<string>
        {
            $"""
            {Decorators}.Register<{model.Interface.FullName}>(static (services, registration, inner) =>
                new {model.ClassName}(inner, StoresOf(services, registration){parts}))
            """,
        };
        if (model.Invalidator is { } invalidator)
        {
            calls.Add($"""
                {Decorators}.RegisterInvalidator<{model.Interface.FullName}, {invalidator.FullName}>(static (services, registration) =>
                    new Invalidator(StoresOf(services, registration){parts}))
                """);
        }

        DecoratorFile.WriteRegistration(writer, Package, [.. calls]);
        writer
            .Line()
            .Line("private static Stores StoresOf(global::System.IServiceProvider services, object? registration) =>")
            .Indented($"{Decorators}.GetStores(services, registration, static context => new Stores(context));");
    }

    private static void WriteMethod(SourceWriter writer, CacheDecoratorModel model, MethodModel method)
    {
        if (model.Cached.FirstOrDefault(cached => cached.Method == method) is { } cached)
            CachedMethodEmitter.Write(writer, cached, model.Interface.FullName);
        else if (model.Writing.FirstOrDefault(writing => writing.Method == method) is { } writing)
            WritingMethodEmitter.Write(writer, writing);
        else
            PassThroughEmitter.WriteMethod(writer, method);
    }

    private static void WriteKey(SourceWriter writer, CachedMethodModel cached)
    {
        var constraints = string.Concat(cached.Method.TypeParameters
            .Where(parameter => parameter.Constraints.Length > 0)
            .Select(parameter => $" where {parameter.Name} : {parameter.Constraints}"));
        writer
            .Line()
            .Line($"/// <summary>The arguments that make the key of <c>{cached.Method.Name}</c>.</summary>")
            .Line($"private readonly record struct {cached.KeyType}({string.Join(", ", cached.Key.Select(part => $"{part.Type} {part.Name}"))}){constraints};");
    }
}
