using Microsoft.CodeAnalysis;
using ProDev.Shared.SourceGeneration;

namespace ProDev.Caching.SourceGenerators;

/// <summary>Reads <c>[CacheInvalidates]</c> and finds out which results each of them removes.</summary>
internal static class InvalidatingMethodParser
{
    public static InvalidatingMethodModel? Parse(ParseScope scope, IMethodSymbol method, MethodModel model, IReadOnlyList<CachedMethodModel> cached)
    {
        var attributes = CachingAttributes.Find(method, CachingAttributes.CacheInvalidates).ToList();
        if (attributes.Count == 0 || CachingAttributes.Find(method, CachingAttributes.Cached).Any())
            return null;
        var before = scope.Findings.Count;
        if (WrappingObjection(model) is { } objection)
            scope.Report(CachingDiagnostics.NotWrappable, scope.At(attributes[0], method), method.ForPeople(), objection);

        var keys = new List<CachedMethodModel>();
        var tags = new List<TagTemplate>();
        foreach (var attribute in attributes)
            ParseAttribute(scope, attribute, method, model, cached, keys, tags);
        return scope.Findings.Count > before
            ? null
            : new InvalidatingMethodModel(model, keys.Distinct().ToEquatableArray(), tags.Distinct().ToEquatableArray());
    }

    private static void ParseAttribute(
        ParseScope scope,
        AttributeData attribute,
        IMethodSymbol method,
        MethodModel model,
        IReadOnlyList<CachedMethodModel> cached,
        List<CachedMethodModel> keys,
        List<TagTemplate> tags)
    {
        var location = scope.At(attribute, method);
        var before = scope.Findings.Count;
        var explicitTags = CachingAttributes.Strings(attribute, "Tags")
            .Select(tag => TagTemplateParser.Parse(scope, tag, method, location, keyNames: null, mayBeEverything: true))
            .ToList();
        if (scope.Findings.Count > before)
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
            var known = string.Join(", ", scope.CachedNames.Select(known => $"'{known}'"));
            scope.Report(CachingDiagnostics.NoSuchCachedMethod, location, method.ForPeople(), name, scope.InterfaceName, known.Length > 0 ? known : "none");
            return;
        }

        foreach (var target in cached.Where(target => target.Method.Name.TrimStart('@') == name))
        {
            var implied = ImpliedTags(method, target);
            if (target.Key.All(parameter => model.Parameters.Any(own => own.Name == parameter.Name && own.Type == parameter.Type)))
                keys.Add(target);
            else if (implied.Count > 0)
                tags.AddRange(implied);
            else if (explicitTags.Count == 0)
                scope.Report(CachingDiagnostics.NothingToRemove, location, method.ForPeople(), Advice(target, model));
        }
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

    private static string Advice(CachedMethodModel target, MethodModel method)
    {
        var missing = target.Key
            .Where(parameter => !method.Parameters.Any(own => own.Name == parameter.Name && own.Type == parameter.Type))
            .Select(parameter => $"'{parameter.Type.Replace("global::", "")} {parameter.Name}'");
        return $"the key of '{target.Method.DisplayName}' needs {string.Join(", ", missing)}, which it does not have, and no tag of that method can be written with its parameters. Add the parameters, or name tags in [CacheInvalidates(..., Tags = [...])].";
    }

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
