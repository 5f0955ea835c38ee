using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Metadata;

namespace ProDev.Repositories.EntityFrameworkCore;

/// <summary>
/// The compiled queries of one model. They live as long as the model, which EF shares between all contexts of one configuration.
/// </summary>
internal sealed class CompiledQueries
{
    /// <summary>
    /// The most shapes one specification may have. Beyond it, something other than a parameter varies without end (a tag per request,
    /// say), and the query is left to EF's own cache, which evicts.
    /// </summary>
    public const int MaxShapesPerSpecification = 512;

    private static readonly ConditionalWeakTable<IModel, CompiledQueries> PerModel = [];

    private readonly ConcurrentDictionary<QueryShape, Delegate> _queries = new();
    private readonly ConcurrentDictionary<Type, StrongBox<int>> _shapes = new();

    public static CompiledQueries Of(IModel model) => PerModel.GetOrCreateValue(model);

    /// <summary>Gets the compiled query of a shape, compiling it on first use; null when the specification has too many shapes.</summary>
    public TQuery? Get<TQuery>(QueryShape shape, Func<TQuery> compile)
        where TQuery : Delegate
    {
        if (_queries.TryGetValue(shape, out var query))
            return (TQuery)query;

        var shapes = _shapes.GetOrAdd(shape.Specification, static _ => new StrongBox<int>());
        if (Volatile.Read(ref shapes.Value) >= MaxShapesPerSpecification)
            return null;

        // Two threads may compile the same shape at the same time; one of the two results is kept.
        var compiled = compile();
        if (!_queries.TryAdd(shape, compiled))
            return (TQuery)_queries[shape];

        Interlocked.Increment(ref shapes.Value);
        return compiled;
    }

    /// <summary>The number of compiled queries of a specification.</summary>
    public int CountOf(Type specification) => _shapes.TryGetValue(specification, out var shapes) ? Volatile.Read(ref shapes.Value) : 0;
}
