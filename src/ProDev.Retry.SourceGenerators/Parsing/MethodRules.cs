using Microsoft.CodeAnalysis;

namespace ProDev.Retry.SourceGenerators;

/// <summary>Finds what makes a method unfit for a second attempt, or a second attempt unwise.</summary>
internal static class MethodRules
{
    public static void Check(IMethodSymbol symbol, MethodModel method, RetrySettings settings, Findings findings)
    {
        if (settings.IsRetried && settings.MaxAttempts != 1 && !IsIdempotent(symbol))
            findings.Add(RetryDiagnostics.NotIdempotent, method.DisplayName);
        if (settings.AttemptTimeout is not null && method.CancellationToken is null)
            findings.Add(RetryDiagnostics.TimeoutWithoutToken, method.DisplayName);
        else if (settings.IsRetried && method.IsAwaitable && method.CancellationToken is null)
            findings.Add(RetryDiagnostics.NoCancellationToken, method.DisplayName);

        foreach (var parameter in symbol.Parameters)
        {
            if (ParameterProblem(parameter) is { } problem)
                findings.Add(RetryDiagnostics.UnrepeatableParameter, method.DisplayName, parameter.Name, problem);
        }

        if (ResultProblem(symbol, method) is { } reason)
            findings.Add(RetryDiagnostics.UnretriableResult, method.DisplayName, reason);
    }

    private static bool IsIdempotent(IMethodSymbol symbol) =>
        AttributeNames.Find(symbol, AttributeNames.Idempotent) is not null ||
        AttributeNames.Find(symbol.ContainingType, AttributeNames.Idempotent) is not null;

    private static string? ParameterProblem(IParameterSymbol parameter) => parameter switch
    {
        { RefKind: RefKind.Out } => "is an out parameter",
        { RefKind: not RefKind.None } => "is passed by reference",
        { Type.IsRefLikeType: true } => $"is a '{parameter.Type.ForPeople()}', which lives on the stack only",
        { Type: ITypeParameterSymbol { AllowsRefLikeType: true } } => "may be a type that lives on the stack only",
        _ => null,
    };

    private static string? ResultProblem(IMethodSymbol symbol, MethodModel method) => method.ReturnKind switch
    {
        ReturnKind.AsyncEnumerable => "an IAsyncEnumerable does its work while it is enumerated, after the method has returned",
        ReturnKind.Reference => "a result by reference cannot be passed on by a policy",
        _ when symbol.ReturnType.IsRefLikeType => $"a '{symbol.ReturnType.ForPeople()}' lives on the stack only",
        _ when symbol.ReturnType is ITypeParameterSymbol { AllowsRefLikeType: true } => "it may be a type that lives on the stack only",
        _ => null,
    };
}
