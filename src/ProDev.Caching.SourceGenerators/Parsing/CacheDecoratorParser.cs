using Microsoft.CodeAnalysis;
using ProDev.Shared.SourceGeneration;

namespace ProDev.Caching.SourceGenerators;

/// <summary>Reads the attributes of an interface. A method with a finding is passed through, so that one fault makes one error.</summary>
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
        var cached = new List<CachedMethodModel>();
        for (var index = 0; index < parsed.Methods.Count; index++)
        {
            if (CachedMethodParser.Parse(scope, parsed.Methods[index], parsed.Model.Methods[index]) is { } method)
                cached.Add(method);
        }

        var invalidating = new List<InvalidatingMethodModel>();
        for (var index = 0; index < parsed.Methods.Count; index++)
        {
            if (InvalidatingMethodParser.Parse(scope, parsed.Methods[index], parsed.Model.Methods[index], cached) is { } method)
                invalidating.Add(method);
        }

        var model = new CacheDecoratorModel(parsed.Model, cached.ToEquatableArray(), invalidating.ToEquatableArray());
        return new ParseResult<CacheDecoratorModel>(model, scope.Findings.ToEquatableArray());
    }
}
