using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace ProDev.Repositories.EntityFrameworkCore;

/// <summary>Reads one entity by its primary key.</summary>
internal static class KeyQuery
{
    /// <summary>Reads the entity without tracking it.</summary>
    public static async Task<T?> FindAsync<T>(DbContext context, object key, CancellationToken cancellationToken)
        where T : class
    {
        var (properties, parts) = Split(context.EntityTypeOf<T>(), key);
        var template = SpecificationTemplate.Create(context, new ByKey<T>(), selector: null, tracks: false, out var values);
        var parameters = properties.Select((property, i) => (Expression.Parameter(property.ClrType, $"key{i}"), (object?)parts[i])).ToArray();
        var rows = new QueryRunner<T>(context, template, values, parameters).Rows<T>(nameof(FindAsync), (root, clauses, keys) =>
        {
            var entity = Expression.Parameter(typeof(T), "entity");
            var equal = properties.Select((property, i) => KeyComparison.Equal(PropertyAccess.Read(entity, property), keys[i])).Aggregate(Expression.AndAlso);
            return QueryComposer.Where(QueryComposer.Rows(root, clauses), Expression.Lambda<Func<T, bool>>(equal, entity));
        });

        await foreach (var row in rows.WithCancellation(cancellationToken).ConfigureAwait(false))
            return row;

        return null;
    }

    /// <summary>The parts of a key: the key itself, or the items of a tuple.</summary>
    /// <exception cref="ArgumentException">The key does not have the type of the entity's key.</exception>
    public static (IReadOnlyList<IProperty> Properties, object?[] Parts) Split(IEntityType entity, object key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var properties = entity.FindPrimaryKey()?.Properties ?? throw new InvalidOperationException(
            $"Entity '{entity.DisplayName()}' has no primary key, so it cannot be found by one. Read it with a specification.");

        object?[] parts = key is ITuple tuple && properties.Count > 1
            ? [.. Enumerable.Range(0, tuple.Length).Select(i => tuple[i])]
            : [key];
        if (parts.Length == properties.Count && parts.Zip(properties).All(pair => pair.Second.ClrType.IsInstanceOfType(pair.First)))
            return (properties, parts);

        var expected = string.Join(", ", properties.Select(property => $"{property.ClrType.Name} {property.Name}"));
        throw new ArgumentException(
            $"'{key}' of type '{key.GetType().Name}' is not a key of '{entity.DisplayName()}'. Its key is ({expected}): pass " +
            (properties.Count == 1 ? "a value of that type." : "a tuple of these types, in this order."),
            nameof(key));
    }

    private sealed class ByKey<T> : Specification<T>
        where T : class;
}
