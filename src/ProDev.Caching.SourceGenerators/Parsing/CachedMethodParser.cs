using Microsoft.CodeAnalysis;
using ProDev.Shared.SourceGeneration;

namespace ProDev.Caching.SourceGenerators;

/// <summary>Reads <c>[Cached]</c> and checks what it stands on.</summary>
internal static class CachedMethodParser
{
    public static CachedMethodModel? Parse(ParseScope scope, IMethodSymbol method, MethodModel model)
    {
        if (CachingAttributes.Find(method, CachingAttributes.Cached).FirstOrDefault() is not { } attribute)
            return null;
        var before = scope.Errors;
        var location = scope.At(attribute, method);

        if (CachingAttributes.Has(method, CachingAttributes.CacheInvalidates) || CachingAttributes.Has(method, CachingAttributes.CachePut))
            scope.Report(CachingDiagnostics.CachedAndInvalidating, location, method.ForPeople());
        var options = EntryOptionsParser.Parse(scope, attribute, method, location);
        ParseResult(scope, method, model, location, options);
        var key = KeyParser.Parse(scope, method, model);
        var keyNames = new HashSet<string>(key.Select(part => part.Parameter?.Name ?? ""));
        var tags = CachingAttributes.Strings(attribute, "Tags")
            .Select(tag => TagTemplateParser.Parse(scope, tag, method, location, keyNames, mayBeEverything: false))
            .ToList();
        if (scope.Errors > before)
            return null;

        var text = KeyParser.ParseText(scope, method, model, key);
        return new CachedMethodModel(
            model,
            scope.StoreName(method.Name),
            options.ToEquatableArray(),
            key.Select(part => part.Model).ToEquatableArray(),
            !model.IsGeneric && key.Count == 1 && key[0].Parameter is { } single && KeyTypes.CanBeKeyItself(single.Type),
            text,
            tags.Select(tag => tag!).ToEquatableArray());
    }

    private static void ParseResult(ParseScope scope, IMethodSymbol method, MethodModel model, LocationModel? location, List<string> options)
    {
        if (method.TypeParameters.FirstOrDefault(parameter => parameter.AllowsRefLikeType) is { } parameter)
        {
            scope.Report(CachingDiagnostics.NotWrappable, location, method.ForPeople(), $"its type parameter '{parameter.Name}' may be a ref struct, which cannot be stored. Remove 'allows ref struct'.");
            return;
        }

        if (ResultTypes.Objection(model.ReturnKind, method) is { } objection)
        {
            scope.Report(CachingDiagnostics.UncacheableResult, LocationModel.From(method) ?? location, method.ForPeople(), objection);
            return;
        }

        var result = ResultTypes.Of(model.ReturnKind, method);
        if (options.Any(option => option.StartsWith("Isolation ", StringComparison.Ordinal)))
            return;
        if (ImmutableTypes.IsProven(result))
            options.Add("Isolation = global::ProDev.Caching.ValueIsolation.Share");
        else if (!IsOpen(result))
            scope.Report(CachingDiagnostics.MutableResult, location, result.ForPeople(), method.ForPeople());
    }

    // What a type parameter of the interface stands for is judged when the interface is closed.
    private static bool IsOpen(ITypeSymbol type) => type switch
    {
        ITypeParameterSymbol parameter => parameter.TypeParameterKind == TypeParameterKind.Type,
        INamedTypeSymbol named => named.TypeArguments.Any(IsOpen),
        IArrayTypeSymbol array => IsOpen(array.ElementType),
        _ => false,
    };
}
