using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace ProDev.Repositories.EntityFrameworkCore;

/// <summary>Finds the mapped property behind each key of an order, and refuses keys that a page cannot seek by.</summary>
internal sealed class PageKeyResolver(DbContext context, Type specification, IEntityType entity)
{
    private readonly ProviderTraits _provider = ProviderTraits.Of(context);

    public PageKey FromOrder(OrderClause order, out IReadOnlyProperty property)
    {
        var path = new List<string>();
        var isOptional = false;
        property = Find(order.Key, path, ref isOptional) ?? throw Refuse(
            order.Key.Body.ToString(),
            "is not a mapped property of the entity, so no index can serve it",
            "Order by properties of the entity itself, or of its complex or owned types; store a computed value in a column of its own");
        return Make(string.Join('.', path), order.Key, property, isOptional, order.Descending);
    }

    public PageKey FromProperty<T>(IProperty property, bool descending)
    {
        var row = Expression.Parameter(typeof(T), "row");
        return Make(property.Name, Expression.Lambda(PropertyAccess.Read(row, property), row), property, isOptional: false, descending);
    }

    private PageKey Make(string path, LambdaExpression selector, IReadOnlyProperty property, bool isOptional, bool descending)
    {
        var isNullable = isOptional || property.IsNullable;
        var key = new PageKey(path, selector, isNullable, descending, property.FindTypeMapping()?.Converter);
        if (_provider.WhyUnsortable(key.StoredType) is { } problem)
            throw Refuse(path, problem.Reason, problem.Remedy);

        if (!CursorSigner.CanEncode(key.StoredType))
        {
            throw Refuse(
                path,
                $"is stored as '{key.StoredType.Name}', which cannot stand in a cursor",
                "Order by a number, text, date, Guid or enum, or map the property to one with a value converter");
        }

        if (!KeyComparison.IsOrdered(key.ValueType))
        {
            throw Refuse(
                path,
                $"has the type '{key.ValueType.Name}', which C# cannot compare",
                $"Implement IComparable<{key.ValueType.Name}>; the database still compares the stored '{key.StoredType.Name}'");
        }

        if (isNullable && _provider.NullsAreLargest is null)
        {
            throw Refuse(
                path,
                $"may be null, and where provider '{context.Database.ProviderName}' sorts nulls is not known",
                "Order by required properties");
        }

        return key;
    }

    private IReadOnlyProperty? Find(LambdaExpression key, List<string> path, ref bool isOptional)
    {
        if (key.Body is MethodCallExpression { Method: { Name: nameof(EF.Property) } method, Arguments: [ParameterExpression, ConstantExpression { Value: string name }] }
            && method.DeclaringType == typeof(EF))
        {
            path.Add(name);
            return entity.FindProperty(name);
        }

        var members = new Stack<string>();
        var node = key.Body;
        for (; node is MemberExpression { Expression: { } owner } member; node = owner)
            members.Push(member.Member.Name);

        if (node != key.Parameters[0] || members.Count == 0)
            return null;

        ITypeBase type = entity;
        while (members.Count > 1)
        {
            var step = members.Pop();
            path.Add(step);
            if (type.FindComplexProperty(step) is { IsCollection: false } complex)
            {
                isOptional |= complex.IsNullable;
                type = complex.ComplexType;
            }
            else if ((type as IEntityType)?.FindNavigation(step) is { IsCollection: false, TargetEntityType: var target } navigation && target.IsOwned())
            {
                isOptional |= !navigation.ForeignKey.IsRequiredDependent;
                type = target;
            }
            else
            {
                return null;
            }
        }

        path.Add(members.Peek());
        return type.FindProperty(members.Pop());
    }

    private InvalidOperationException Refuse(string key, string reason, string remedy) => new(
        $"Specification '{specification.Name}' cannot be paged by '{entity.DisplayName()}.{key}': it {reason}. {remedy}.");
}
