using Microsoft.CodeAnalysis;
using ProDev.Shared.SourceGeneration;

namespace ProDev.Caching.SourceGenerators;

/// <summary>Reads the attributes of an interface. A method with an error is passed through, so that one fault makes one error.</summary>
internal static class CacheDecoratorParser
{
    public static ParseResult<CacheDecoratorModel> Parse(ParsedInterface parsed, CancellationToken cancellationToken)
    {
        if (parsed.Obstacles.Count > 0)
        {
            var findings = parsed.Obstacles.Select(obstacle =>
                DiagnosticModel.Create(CachingDiagnostics.NotDecoratable, obstacle.Location, parsed.Model.DisplayName, obstacle.Reason));
            return new ParseResult<CacheDecoratorModel>(null, findings.ToEquatableArray());
        }

        var scope = new ParseScope(parsed, cancellationToken);
        for (var index = 0; index < parsed.Methods.Count; index++)
            ParseCached(scope, parsed.Methods[index], parsed.Model.Methods[index], cancellationToken);
        var writing = new List<WritingMethodModel>();
        for (var index = 0; index < parsed.Methods.Count; index++)
        {
            var before = scope.Findings.Count;
            if (WritingMethodParser.Parse(scope, parsed.Methods[index], parsed.Model.Methods[index]) is { } method)
                writing.Add(method);
            if (IsJudgedElsewhere(parsed, parsed.Methods[index]))
                scope.Withdraw(before, static _ => true);
        }

        var cached = scope.Cached.Select(method => method.Model).ToEquatableArray();
        var invalidator = InvalidatorParser.Parse(scope);
        var model = new CacheDecoratorModel(parsed.Model, parsed.IsOpen, invalidator, scope.Parts.ToEquatableArray(), cached, writing.ToEquatableArray());
        return new ParseResult<CacheDecoratorModel>(model, scope.Findings.ToEquatableArray());
    }

    private static void ParseCached(ParseScope scope, IMethodSymbol method, MethodModel model, CancellationToken cancellationToken)
    {
        var before = scope.Findings.Count;
        if (CachedMethodParser.Parse(scope, method, model) is { } cached)
            scope.Cached.Add((method, cached));
        if (IsJudgedElsewhere(scope.Parsed, method))
        {
            var known = Known(scope, method, cancellationToken).Select(Place).ToList();
            scope.Withdraw(before, finding => known.Contains(Place(finding)));
        }
    }

    private static bool IsJudgedElsewhere(ParsedInterface parsed, IMethodSymbol method) =>
        !method.IsDefinition || !SymbolEqualityComparer.Default.Equals(method.ContainingType, parsed.Type);

    // Where an interface is declared, its methods are judged as they stand there. Of one that is closed here remains what follows from
    // its type arguments.
    private static IReadOnlyList<DiagnosticModel> Known(ParseScope scope, IMethodSymbol method, CancellationToken cancellationToken)
    {
        var definition = method.OriginalDefinition;
        if (SymbolEqualityComparer.Default.Equals(definition, method))
            return scope.Findings;
        var declared = new ParseScope(InterfaceParser.Parse(definition.ContainingType, scope.Parsed.Home, cancellationToken), cancellationToken);
        CachedMethodParser.Parse(declared, definition, MethodParser.Parse(definition, definition.ContainingType));
        return declared.Findings;
    }

    private static (string Id, LocationModel? Location) Place(DiagnosticModel finding) => (finding.Descriptor.Id, finding.Location);
}
