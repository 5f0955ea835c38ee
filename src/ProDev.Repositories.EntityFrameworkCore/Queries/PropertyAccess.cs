using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace ProDev.Repositories.EntityFrameworkCore;

/// <summary>Reads mapped properties of an entity in a query, also those without a C# property.</summary>
internal static class PropertyAccess
{
    public static Expression Read(Expression entity, IReadOnlyProperty property) =>
        property.PropertyInfo is { } info && !property.IsIndexerProperty() && info.DeclaringType!.IsAssignableFrom(entity.Type)
            ? Expression.Property(entity, info)
            : Expression.Call(typeof(EF), nameof(EF.Property), [property.ClrType], entity, Expression.Constant(property.Name));

    public static IEntityType EntityTypeOf<T>(this DbContext context) =>
        context.Model.FindEntityType(typeof(T)) ?? throw new InvalidOperationException(
            $"'{typeof(T).Name}' is not an entity of '{context.GetType().Name}'. Add it to the model, for example with a DbSet<{typeof(T).Name}> property.");
}
