using Microsoft.CodeAnalysis;
using ProDev.Shared.SourceGeneration;

namespace ProDev.Caching.SourceGenerators;

/// <summary>Writes a caching decorator for every interface with <c>[Cached]</c> or <c>[CacheInvalidates]</c> on a method.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class CacheDecoratorGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context) =>
        new DecoratorPipeline<CacheDecoratorModel>(
            [CachingAttributes.Cached, CachingAttributes.CacheInvalidates],
            CachingDiagnostics.Misplaced,
            CacheDecoratorParser.Parse,
            CacheDecoratorEmitter.Emit).Register(context);
}
