using System.Linq.Expressions;

namespace ProDev.Repositories.EntityFrameworkCore;

/// <summary>Puts other expressions in the place of parameters.</summary>
internal sealed class ParameterReplacer(IReadOnlyDictionary<ParameterExpression, Expression> replacements) : ExpressionVisitor
{
    /// <summary>The body of a lambda with its parameter replaced.</summary>
    public static Expression Inline(LambdaExpression lambda, Expression argument) =>
        new ParameterReplacer(new Dictionary<ParameterExpression, Expression> { [lambda.Parameters[0]] = argument }).Visit(lambda.Body);

    public LambdaExpression Replace(LambdaExpression lambda) => Expression.Lambda(lambda.Type, Visit(lambda.Body), lambda.Parameters);

    protected override Expression VisitParameter(ParameterExpression node) => replacements.GetValueOrDefault(node, node);
}
