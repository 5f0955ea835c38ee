using System.Collections;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace ProDev.Repositories.EntityFrameworkCore;

/// <summary>Tells whether a specification reads a related collection, or anything else that EF cannot read from the rows of a union.</summary>
internal static class CollectionUse
{
    public static bool NeedsPlainRows(IEntityType entity, SpecificationTemplate template)
    {
        if (template.Selector is null && LoadsCollections(entity))
            return true;

        var finder = new Finder(entity.Model);
        finder.VisitAll(template.Includes);
        if (template.Selector is not null)
            finder.Visit(template.Selector);

        return finder.Found;
    }

    // Collections that are loaded with the entity without being asked for: those of owned types, and those marked AutoInclude.
    private static bool LoadsCollections(IEntityType entity) =>
        entity.GetDerivedTypesInclusive().Any(type => type.GetNavigations().Any(navigation =>
            navigation.IsEagerLoaded
            && (navigation.IsCollection
                || navigation.TargetEntityType.IsMappedToJson()
                || (navigation.TargetEntityType.IsOwned() && !navigation.IsOnDependent && LoadsCollections(navigation.TargetEntityType)))));

    private sealed class Finder(IReadOnlyModel model) : ExpressionVisitor
    {
        public bool Found { get; private set; }

        public void VisitAll(IEnumerable<LambdaExpression> lambdas)
        {
            foreach (var lambda in lambdas)
                Visit(lambda);
        }

        // What a collection is reduced to is a subquery for one value, which EF can attach to a union.
        protected override Expression VisitMethodCall(MethodCallExpression node) =>
            (node.Method.DeclaringType == typeof(Enumerable) || node.Method.DeclaringType == typeof(Queryable))
            && (node.Type == typeof(string) || !typeof(IEnumerable).IsAssignableFrom(node.Type))
            && model.FindEntityType(node.Type) is null
                ? node
                : base.VisitMethodCall(node);

        protected override Expression VisitMember(MemberExpression node)
        {
            if (node.Expression is { } owner && model.FindEntityType(owner.Type) is { } entity)
            {
                Found |= entity.FindNavigation(node.Member.Name) is { IsCollection: true } || entity.FindSkipNavigation(node.Member.Name) is not null;
            }

            return base.VisitMember(node);
        }
    }
}
