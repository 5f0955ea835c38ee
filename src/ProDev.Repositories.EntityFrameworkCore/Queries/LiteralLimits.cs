using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace ProDev.Repositories.EntityFrameworkCore;

/// <summary>
/// Keeps the sizes of an ordinary query literals in the statement, as they are in a compiled one; by itself EF makes them parameters.
/// </summary>
internal sealed class LiteralLimits : ExpressionVisitor
{
    protected override Expression VisitMethodCall(MethodCallExpression node)
    {
        var visited = (MethodCallExpression)base.VisitMethodCall(node);
        return visited is { Method: { Name: nameof(Queryable.Take) } method, Arguments: [var source, ConstantExpression count] }
            && method.DeclaringType == typeof(Queryable)
                ? visited.Update(null, [source, Expression.Call(typeof(EF), nameof(EF.Constant), [count.Type], count)])
                : visited;
    }
}
