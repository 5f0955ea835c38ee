using Microsoft.CodeAnalysis;
using ProDev.Shared.SourceGeneration;

namespace ProDev.Caching.SourceGenerators;

/// <summary>
/// Writes a caching decorator for every interface with <c>[Cached]</c>, <c>[CachePut]</c> or <c>[CacheInvalidates]</c> on a method. That of a closed
/// generic interface, or of one that only inherits such methods, is written where <c>DecorateWithCache</c> names it.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class CacheDecoratorGenerator : IIncrementalGenerator
{
    /// <summary>The attributes that ask for a decorator.</summary>
    internal static readonly IReadOnlyList<string> Attributes = [CachingAttributes.Cached, CachingAttributes.CachePut, CachingAttributes.CacheInvalidates];

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var closings = new ClosingFinder<CacheDecoratorModel>(
            "DecorateWithCache",
            "Microsoft.Extensions.DependencyInjection.CachingServiceCollectionExtensions",
            InvalidatorParser.IsMarked,
            CachingDiagnostics.OpenRegistration,
            CacheDecoratorParser.Parse);
        new DecoratorPipeline<CacheDecoratorModel>(Attributes, CachingDiagnostics.Misplaced, CacheDecoratorParser.Parse, CacheDecoratorEmitter.Emit, closings)
            .Register(context);
    }
}
