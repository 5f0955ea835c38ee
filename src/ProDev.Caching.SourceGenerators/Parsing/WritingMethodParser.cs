using Microsoft.CodeAnalysis;
using ProDev.Shared.SourceGeneration;

namespace ProDev.Caching.SourceGenerators;

/// <summary>Reads <c>[CachePut]</c> and <c>[CacheInvalidates]</c>, and finds out which results each of them replaces or removes.</summary>
internal static class WritingMethodParser
{
    public static WritingMethodModel? Parse(ParseScope scope, IMethodSymbol method, MethodModel model)
    {
        var putting = CachingAttributes.Find(method, CachingAttributes.CachePut).ToList();
        var invalidating = CachingAttributes.Find(method, CachingAttributes.CacheInvalidates).ToList();
        if (putting.Count + invalidating.Count == 0 || CachingAttributes.Has(method, CachingAttributes.Cached))
            return null;
        var before = scope.Errors;
        if (WrappingObjection(model) is { } objection)
            scope.Report(CachingDiagnostics.NotWrappable, scope.At(putting.Concat(invalidating).First(), method), method.ForPeople(), objection);

        var puts = putting.SelectMany(attribute => CachePutParser.Parse(scope, attribute, method, model)).ToList();
        var keys = new List<CachedMethodModel>();
        var tags = new List<TagTemplate>();
        foreach (var attribute in invalidating)
            ParseInvalidation(scope, attribute, method, model, keys, tags);
        return scope.Errors > before
            ? null
            : new WritingMethodModel(model, puts.Distinct().ToEquatableArray(), keys.Distinct().ToEquatableArray(), tags.Distinct().ToEquatableArray());
    }

    /// <summary>Whether a method has all that the key of a cached one is made of.</summary>
    public static bool HasKey(MethodModel method, CachedMethodModel target) => MissingOf(method, target).Count == 0;

    /// <summary>What a method lacks to make the key of a cached one, for messages.</summary>
    public static List<string> MissingOf(MethodModel method, CachedMethodModel target) =>
    [
        .. target.Method.TypeParameters.Where((parameter, index) => method.TypeParameters.ElementAtOrDefault(index) != parameter).Select(parameter => $"the type parameter '{parameter.Name}'"),
        .. target.Key
            .Where(part => part.Ambient is null && !method.Parameters.Any(own => own.Name == part.Name && own.Type == part.Type))
            .Select(part => $"'{part.Type.Replace("global::", "")} {part.Name}'"),
    ];

    private static void ParseInvalidation(
        ParseScope scope, AttributeData attribute, IMethodSymbol method, MethodModel model, List<CachedMethodModel> keys, List<TagTemplate> tags)
    {
        var location = scope.At(attribute, method);
        var before = scope.Errors;
        var explicitTags = CachingAttributes.Strings(attribute, "Tags")
            .Select(tag => TagTemplateParser.Parse(scope, tag, method, location, keyNames: null, mayBeEverything: true))
            .ToList();
        if (scope.Errors > before)
            return;
        tags.AddRange(explicitTags.Select(tag => tag!));

        if (attribute.ConstructorArguments.FirstOrDefault().Value is not string name)
        {
            if (explicitTags.Count == 0)
                scope.Report(CachingDiagnostics.NothingToRemove, location, method.ForPeople(), "the attribute names neither a cached method nor a tag.");
            return;
        }

        if (!scope.CachedNames.Contains(name))
        {
            ReportUnknown(scope, location, method, name);
            return;
        }

        foreach (var target in scope.Cached.Where(target => target.Symbol.Name == name).Select(target => target.Model))
        {
            var implied = ImpliedTags(method, target);
            if (HasKey(model, target))
                keys.Add(target);
            else if (implied.Count > 0)
                tags.AddRange(implied);
            else if (explicitTags.Count == 0)
                scope.Report(CachingDiagnostics.NothingToRemove, location, method.ForPeople(), Advice(target, model));
        }
    }

    public static void ReportUnknown(ParseScope scope, LocationModel? location, IMethodSymbol method, string name)
    {
        var known = string.Join(", ", scope.CachedNames.Select(known => $"'{known}'"));
        scope.Report(CachingDiagnostics.NoSuchCachedMethod, location, method.ForPeople(), name, scope.InterfaceName, known.Length > 0 ? known : "none");
    }

    // A tag with parameters finds the results that belong to these arguments; one without finds too many, and is taken only
    // when there is no other. One tag of a result is enough to remove it.
    private static List<TagTemplate> ImpliedTags(IMethodSymbol method, CachedMethodModel target)
    {
        var writable = target.Tags
            .Where(tag => tag.Parameters.All(name => method.Parameters.Any(own => own.Name == name && TagTemplateParser.HasText(own.Type))))
            .ToList();
        var specific = writable.Where(tag => tag.HasParameters).ToList();
        return specific.Count > 0 ? specific : writable;
    }

    private static string Advice(CachedMethodModel target, MethodModel method) =>
        $"the key of '{target.Method.DisplayName}' needs {string.Join(", ", MissingOf(method, target))}, which it does not have, and no tag of that method can be written with its parameters. Add the parameters, or name tags in [CacheInvalidates(..., Tags = [...])].";

    private static string? WrappingObjection(MethodModel method)
    {
        if (method.ReturnKind == ReturnKind.AsyncEnumerable)
            return "its work goes on after it has returned, so there is no moment to remove results. Return a Task or a ValueTask.";
        if (method.ReturnKind == ReturnKind.Reference)
            return "it returns by reference.";
        if (method.IsAwaitable && !method.CanBeCaptured)
            return "it is asynchronous and has a parameter that an asynchronous method cannot have. Take a value instead.";
        return null;
    }
}
