using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace ProDev.Repositories.EntityFrameworkCore;

/// <summary>
/// Makes a specification's order total, so that every row has one place in it: keys after a unique set are dropped, and the primary key is
/// added where no set of keys is unique.
/// </summary>
internal static class PageOrder
{
    public static IReadOnlyList<PageKey> Resolve<T>(DbContext context, Type specification, IReadOnlyList<OrderClause> orders)
        where T : class
    {
        var entity = context.EntityTypeOf<T>();
        var resolver = new PageKeyResolver(context, specification, entity);
        var keys = new List<PageKey>();
        var properties = new HashSet<IReadOnlyProperty>();
        foreach (var order in orders)
        {
            var key = resolver.FromOrder(order, out var property);
            if (properties.Add(property))
                keys.Add(key);

            if (IsUnique(entity, properties))
                return keys;
        }

        // In the direction of the last key, so that an index on the given keys alone still serves the order where the store adds
        // the row's own key to each index entry, and one ascending index serves it elsewhere.
        var descending = keys.Count > 0 && keys[^1].Descending;
        foreach (var property in PrimaryKey(entity, specification).Where(property => !properties.Contains(property)))
            keys.Add(resolver.FromProperty<T>(property, descending));

        return keys;
    }

    private static IReadOnlyList<IProperty> PrimaryKey(IEntityType entity, Type specification) =>
        entity.FindPrimaryKey()?.Properties ?? throw new InvalidOperationException(
            $"Specification '{specification.Name}' cannot be paged: '{entity.DisplayName()}' has no primary key, so rows that are equal in " +
            "the order have no place of their own. Order by a unique index without nulls, or read a list.");

    private static bool IsUnique(IEntityType entity, HashSet<IReadOnlyProperty> properties) =>
        entity.GetKeys().Any(key => key.Properties.All(properties.Contains))
        || entity.GetIndexes().Any(index =>
            index.IsUnique
            && index.GetFilter() is null
            && index.Properties.All(property => !property.IsNullable && properties.Contains(property)));
}
