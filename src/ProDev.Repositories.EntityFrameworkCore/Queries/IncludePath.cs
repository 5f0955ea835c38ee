using System.Linq.Expressions;

namespace ProDev.Repositories.EntityFrameworkCore;

/// <summary>Reads an include path such as <c>c => c.Districts.Select(d => d.Mayor)</c> as navigation names: "Districts.Mayor".</summary>
internal static class IncludePath
{
    /// <summary>The path, or null when it is more than a path, such as a filtered include, which EF reads itself.</summary>
    public static string? TryParse(LambdaExpression path)
    {
        var names = new Stack<string>();
        return Walk(path.Body, path.Parameters[0], names) ? string.Join('.', names) : null;
    }

    private static bool Walk(Expression node, ParameterExpression root, Stack<string> names)
    {
        while (node != root)
        {
            switch (node)
            {
                case UnaryExpression { NodeType: ExpressionType.Convert or ExpressionType.TypeAs } convert when !IsDowncast(convert):
                    node = convert.Operand;
                    break;
                case MemberExpression { Expression: { } owner } member:
                    names.Push(member.Member.Name);
                    node = owner;
                    break;
                case MethodCallExpression { Method.Name: nameof(Enumerable.Select), Arguments: [var source, var selector] }
                    when Unquote(selector) is LambdaExpression inner && inner.Parameters.Count == 1:
                    if (!Walk(inner.Body, inner.Parameters[0], names))
                        return false;

                    node = source;
                    break;
                default:
                    return false;
            }
        }

        return names.Count > 0;
    }

    private static bool IsDowncast(UnaryExpression convert) => !convert.Type.IsAssignableFrom(convert.Operand.Type);

    private static Expression Unquote(Expression node) => node is UnaryExpression { NodeType: ExpressionType.Quote } quote ? quote.Operand : node;
}
