using ProDev.Shared.SourceGeneration;

namespace ProDev.Caching.SourceGenerators;

/// <summary>Writes the interface by which an application removes cached results, and the class behind it.</summary>
internal static class InvalidatorEmitter
{
    private const string Token = "global::System.Threading.CancellationToken";

    public static void WriteInterface(SourceWriter writer, string package, InterfaceModel model, InvalidatorModel invalidator)
    {
        var constraints = Constraints(model.TypeParameters);
        writer
            .Line($"/// <summary>Removes cached results of <see cref=\"{model.DocumentationName}\"/>. <c>DecorateWithCache</c> registers it beside the service.</summary>")
            .Line($"[global::System.CodeDom.Compiler.GeneratedCode(\"{package}\", null)]");
        if (model.IsObsolete)
            writer.Line($"[global::System.Obsolete(\"{model.DisplayName} is obsolete, or a member of it.\")]");
        writer.Block($"{(invalidator.IsPublic ? "public" : "internal")} interface {invalidator.Name}{model.TypeArguments}{constraints}", () =>
        {
            for (var index = 0; index < invalidator.Methods.Count; index++)
            {
                var method = invalidator.Methods[index];
                if (index > 0)
                    writer.Line();
                writer
                    .Line($"/// <summary>Removes the result of <c>{method.Targets[0].Method.Name.TrimStart('@')}</c> for these arguments; none is no error.</summary>")
                    .Line($"{Declaration(method, method.Name, " = default")}{Constraints(method.TypeParameters)};");
            }
        });
    }

    public static void WriteClass(SourceWriter writer, InvalidatorModel invalidator, bool hasParts) => writer
        .Line()
        .Line("/// <summary>Removes results by their arguments.</summary>")
        .Block($"private sealed class Invalidator(Stores stores{(hasParts ? ", Parts parts" : "")}) : {invalidator.FullName}", () =>
        {
            writer.Line("private readonly Stores _stores = stores;");
            if (hasParts)
                writer.Line("private readonly Parts _parts = parts;");
            writer.Line();
            for (var index = 0; index < invalidator.Methods.Count; index++)
            {
                if (index > 0)
                    writer.Line();
                WriteMethod(writer, invalidator, invalidator.Methods[index]);
            }
        });

    private static void WriteMethod(SourceWriter writer, InvalidatorModel invalidator, InvalidatorMethod method)
    {
        var constraints = string.Concat(method.TypeParameters.Select(parameter => $" where {parameter.Name} : {parameter.RepeatedConstraint}"));
        var header = $"{Declaration(method, $"{invalidator.FullName}.{method.Name}", "")}{constraints}";
        var removals = method.Targets.Select(target => Removal(method, target)).ToList();
        if (removals.Count == 1)
        {
            writer.Line($"{header} =>").Indented($"{removals[0]};");
            return;
        }

        writer.Block($"async {header}", () =>
        {
            foreach (var removal in removals)
                writer.Line($"await {removal}.ConfigureAwait(false);");
        });
    }

    // Overloads that differ only in what is left out of the key may name its parameters differently.
    private static string Removal(InvalidatorMethod method, CachedMethodModel target)
    {
        var names = method.Parameters.Select(part => part.Name).ToList();
        var next = 0;
        var key = target.KeyOf(target.Key.Select(part => part.Ambient is null ? names[next++] : part.Value(MemberText.Field("_parts", names))).ToList());
        return $"{target.Store(MemberText.Field("_stores", names))}.RemoveAsync({key}, {method.Token})";
    }

    private static string Declaration(InvalidatorMethod method, string name, string tokenDefault)
    {
        var arguments = method.TypeParameters.Count == 0 ? "" : $"<{string.Join(", ", method.TypeParameters.Select(parameter => parameter.Name))}>";
        var parameters = method.Parameters.Select(part => $"{part.Type} {part.Name}").Append($"{Token} {method.Token}{tokenDefault}");
        return $"global::System.Threading.Tasks.ValueTask {name}{arguments}({string.Join(", ", parameters)})";
    }

    private static string Constraints(EquatableArray<TypeParameterModel> parameters) => string.Concat(parameters
        .Where(parameter => parameter.Constraints.Length > 0)
        .Select(parameter => $" where {parameter.Name} : {parameter.Constraints}"));
}
