using Microsoft.CodeAnalysis;

namespace ProDev.Retry.SourceGenerators;

/// <summary>Writes a decorator for each interface with a method marked <c>[Retry]</c>, <c>[Timeout]</c> or <c>[CircuitBreaker]</c>.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class RetryGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context) => new DecoratorPipeline<RetryModel>(
        [AttributeNames.Retry, AttributeNames.Timeout, AttributeNames.CircuitBreaker],
        RetryDiagnostics.Misplaced,
        RetryParser.Parse,
        RetryEmitter.Emit).Register(context);
}
