using Microsoft.CodeAnalysis;

namespace ProDev.Retry.SourceGenerators;

/// <summary>The attributes of ProDev.Retry, which generators cannot reference.</summary>
internal static class AttributeNames
{
    public const string Retry = "ProDev.Retry.RetryAttribute";
    public const string Timeout = "ProDev.Retry.TimeoutAttribute";
    public const string CircuitBreaker = "ProDev.Retry.CircuitBreakerAttribute";
    public const string Idempotent = "ProDev.Retry.IdempotentAttribute";

    public static AttributeData? Find(ISymbol symbol, string name) =>
        symbol.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass?.Is(name) == true);
}
