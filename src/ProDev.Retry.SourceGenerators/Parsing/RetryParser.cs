using Microsoft.CodeAnalysis;

namespace ProDev.Retry.SourceGenerators;

/// <summary>Turns a parsed interface into the model of its decorator.</summary>
internal static class RetryParser
{
    private const string OpenReason = "it is generic; mark the methods of a closed interface that inherits from it instead";

    public static ParseResult<RetryModel> Parse(ParsedInterface parsed, CancellationToken cancellationToken)
    {
        var findings = parsed.Obstacles
            .Select(obstacle => DiagnosticModel.Create(RetryDiagnostics.CannotDecorate, obstacle.Location, parsed.Model.DisplayName, obstacle.Reason))
            .ToList();
        if (parsed.IsOpen)
            findings.Add(DiagnosticModel.Create(RetryDiagnostics.CannotDecorate, parsed.Location, parsed.Model.DisplayName, OpenReason));
        var methods = new List<RetriedMethod>();
        for (var index = 0; index < parsed.Methods.Count; index++)
            methods.Add(ParseMethod(parsed.Methods[index], parsed.Model.Methods[index], findings, cancellationToken));

        var isBroken = findings.Any(finding => finding.Descriptor.DefaultSeverity == DiagnosticSeverity.Error);
        return new ParseResult<RetryModel>(
            isBroken ? null : new RetryModel(parsed.Model, methods.ToEquatableArray()),
            findings.ToEquatableArray());
    }

    private static RetriedMethod ParseMethod(
        IMethodSymbol symbol, MethodModel method, List<DiagnosticModel> allFindings, CancellationToken cancellationToken)
    {
        var retry = AttributeNames.Find(symbol, AttributeNames.Retry);
        var timeout = AttributeNames.Find(symbol, AttributeNames.Timeout);
        var breaker = AttributeNames.Find(symbol, AttributeNames.CircuitBreaker);
        if ((retry ?? timeout ?? breaker) is not { } first)
            return new RetriedMethod(method, Settings: null);

        var findings = new Findings(LocationModel.From(first, symbol, cancellationToken));
        var settings = RetryAttributeParser.Parse(retry, timeout, breaker, method, findings);
        MethodRules.Check(symbol, method, settings, findings);

        // An inherited method is judged where its own interface is; here it is merely not retried when something is wrong.
        if (!method.IsInherited)
            allFindings.AddRange(findings.Items);
        var isUsable = findings.Items.All(finding => finding.Descriptor.DefaultSeverity != DiagnosticSeverity.Error);
        return new RetriedMethod(method, isUsable ? settings : null);
    }
}
