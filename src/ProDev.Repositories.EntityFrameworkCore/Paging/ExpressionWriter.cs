using System.Collections;
using System.Globalization;
using System.Linq.Expressions;

namespace ProDev.Repositories.EntityFrameworkCore;

/// <summary>Writes an expression as bytes that are equal exactly when the expression and its parameter values are.</summary>
/// <param name="writer">Where to write.</param>
/// <param name="values">The parameters whose values matter.</param>
internal sealed class ExpressionWriter(BinaryWriter writer, IReadOnlyDictionary<ParameterExpression, object?> values) : ExpressionVisitor
{
    public override Expression? Visit(Expression? node)
    {
        writer.Write(node is null ? -1 : (int)node.NodeType);
        if (node is null)
            return null;

        writer.Write(node.Type.ToString());
        return base.Visit(node);
    }

    protected override Expression VisitParameter(ParameterExpression node)
    {
        writer.Write(node.Name ?? string.Empty);
        if (values.TryGetValue(node, out var value))
            Write(value);

        return node;
    }

    protected override Expression VisitConstant(ConstantExpression node)
    {
        Write(node.Value);
        return node;
    }

    protected override Expression VisitMember(MemberExpression node)
    {
        writer.Write(node.Member.Name);
        return base.VisitMember(node);
    }

    protected override Expression VisitMethodCall(MethodCallExpression node)
    {
        writer.Write(node.Method.ToString()!); // A method always has a description.
        return base.VisitMethodCall(node);
    }

    protected override Expression VisitTypeBinary(TypeBinaryExpression node)
    {
        writer.Write(node.TypeOperand.ToString());
        return base.VisitTypeBinary(node);
    }

    private void Write(object? value)
    {
        writer.Write(value?.GetType().ToString() ?? string.Empty);
        switch (value)
        {
            case null:
                break;
            case string text:
                writer.Write(text);
                break;
            case IEnumerable items:
                foreach (var item in items)
                {
                    writer.Write(true);
                    Write(item);
                }

                writer.Write(false);
                break;
            case DateTime or DateTimeOffset or TimeOnly or DateOnly:
                writer.Write(((IFormattable)value).ToString("O", CultureInfo.InvariantCulture));
                break;
            case IFormattable formattable:
                writer.Write(formattable.ToString(format: null, CultureInfo.InvariantCulture));
                break;
            default:
                writer.Write(value.ToString() ?? string.Empty);
                break;
        }
    }
}
