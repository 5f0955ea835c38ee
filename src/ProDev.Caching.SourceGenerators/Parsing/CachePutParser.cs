using Microsoft.CodeAnalysis;
using ProDev.Shared.SourceGeneration;

namespace ProDev.Caching.SourceGenerators;

/// <summary>Reads <c>[CachePut]</c>: the cached methods whose result a method's own result replaces.</summary>
internal static class CachePutParser
{
    public static IEnumerable<CachedMethodModel> Parse(ParseScope scope, AttributeData attribute, IMethodSymbol method, MethodModel model)
    {
        var location = scope.At(attribute, method);
        var name = attribute.ConstructorArguments.FirstOrDefault().Value as string ?? "";
        if (!scope.CachedNames.Contains(name))
        {
            WritingMethodParser.ReportUnknown(scope, location, method, name);
            return [];
        }

        // Of overloads those are meant whose key the method has; if there is none, the first one says what is missing.
        var named = scope.Cached.Where(target => target.Symbol.Name == name).ToList();
        var targets = named.Where(target => Objection(target.Symbol, target.Model, method, model) is null).ToList();
        if (targets.Count == 0 && named.Count > 0)
            scope.Report(CachingDiagnostics.NothingToPut, location, method.ForPeople(), named[0].Symbol.ForPeople(), Objection(named[0].Symbol, named[0].Model, method, model)!);
        return targets.Select(target => target.Model);
    }

    private static string? Objection(IMethodSymbol target, CachedMethodModel targetModel, IMethodSymbol method, MethodModel model)
    {
        if (model.ReturnKind is not (ReturnKind.Value or ReturnKind.TaskOfT or ReturnKind.ValueTaskOfT))
            return "it answers nothing. Return the new value, or use [CacheInvalidates].";
        if (WritingMethodParser.MissingOf(model, targetModel) is { Count: > 0 } missing)
            return $"it does not have {string.Join(", ", missing)} of that method's key. Add the parameters, or use [CacheInvalidates].";
        var own = ResultTypes.Of(model.ReturnKind, method);
        var cached = ResultTypes.Of(targetModel.Method.ReturnKind, target);
        // Type parameters of two methods are never the same symbol; that they are alike has been checked.
        return SymbolEqualityComparer.Default.Equals(own, cached) || (model.IsGeneric && own.ForPeople() == cached.ForPeople())
            ? null
            : $"it answers a '{own.ForPeople()}', and that method a '{cached.ForPeople()}'. Return the same type, or use [CacheInvalidates].";
    }
}
