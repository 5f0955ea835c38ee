using System.Globalization;
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
        var before = scope.Findings.Count;
        var location = scope.At(attribute, method);

        if (CachingAttributes.Find(method, CachingAttributes.CacheInvalidates).Any())
            scope.Report(CachingDiagnostics.CachedAndInvalidating, location, method.ForPeople());
        if (method.IsGenericMethod)
            scope.Report(CachingDiagnostics.NotWrappable, location, method.ForPeople(), "it is generic, and its results would need a store for each type argument. Add a method for each type, and cache those.");
        else if (ResultTypes.Objection(model.ReturnKind, method) is { } objection)
            scope.Report(CachingDiagnostics.UncacheableResult, LocationModel.From(method) ?? location, method.ForPeople(), objection);

        var key = ParseKey(scope, method, model);
        var keyNames = new HashSet<string>(key.Select(index => method.Parameters[index].Name));
        var tags = CachingAttributes.Strings(attribute, "Tags")
            .Select(tag => TagTemplateParser.Parse(scope, tag, method, location, keyNames, mayBeEverything: false))
            .ToList();
        var expiration = ParseExpiration(scope, attribute, method, location);

        return scope.Findings.Count > before
            ? null
            : new CachedMethodModel(
                model,
                scope.StoreName(method.Name),
                expiration,
                key.Select(index => model.Parameters[index]).ToEquatableArray(),
                key.Count == 1 && KeyTypes.CanBeKeyItself(method.Parameters[key[0]].Type),
                tags.Select(tag => tag!).ToEquatableArray());
    }

    private static List<int> ParseKey(ParseScope scope, IMethodSymbol method, MethodModel model)
    {
        var key = new List<int>();
        for (var index = 0; index < method.Parameters.Length; index++)
        {
            var parameter = method.Parameters[index];
            if (!model.Parameters[index].CanBeCaptured)
            {
                scope.Report(
                    CachingDiagnostics.NotWrappable, LocationModel.From(parameter), method.ForPeople(),
                    $"its parameter '{parameter.Name}' is {(parameter.Type.IsRefLikeType ? "a ref struct" : "passed by reference")}, and a call that is shared cannot hold it. Take a value instead.");
            }
            else if (!model.Parameters[index].IsCancellationToken && !CachingAttributes.Find(parameter, CachingAttributes.CacheKeyIgnore).Any())
            {
                if (KeyTypes.Objection(parameter.Type) is { } objection)
                    scope.Report(CachingDiagnostics.UncacheableParameter, LocationModel.From(parameter), parameter.Name, method.ForPeople(), objection);
                key.Add(index);
            }
        }

        return key;
    }

    private static long? ParseExpiration(ParseScope scope, AttributeData attribute, IMethodSymbol method, LocationModel? location)
    {
        if (CachingAttributes.String(attribute, "Expiration") is not { } text)
            return null;
        // Without a colon the text would be read as days: "30" is more likely meant as anything else.
        if (text.Contains(':') && TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var expiration) && expiration > TimeSpan.Zero)
            return expiration.Ticks;
        scope.Report(CachingDiagnostics.BadExpiration, location, text, method.ForPeople());
        return null;
    }
}
