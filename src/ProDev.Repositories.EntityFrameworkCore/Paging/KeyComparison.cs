using System.Linq.Expressions;

namespace ProDev.Repositories.EntityFrameworkCore;

/// <summary>Builds comparisons of a column with a value that EF translates to plain operators, whatever the C# type offers.</summary>
internal static class KeyComparison
{
    /// <summary>Tells whether C# can say "greater than" for a type in a way that EF translates.</summary>
    public static bool IsOrdered(Type type) =>
        type.IsEnum || HasOperators(type) || type == typeof(string) || typeof(IComparable<>).MakeGenericType(type).IsAssignableFrom(type);

    /// <summary>column = value. The value is never null.</summary>
    public static Expression Equal(Expression column, Expression value)
    {
        var type = Nullable.GetUnderlyingType(column.Type) ?? column.Type;
        return type is { IsValueType: true, IsEnum: false, IsPrimitive: false } && type.GetMethod("op_Equality", [type, type]) is null
            ? Expression.Call(column, nameof(Equals), null, Expression.Convert(value, typeof(object)))
            : Expression.Equal(column, Lift(value, column.Type));
    }

    /// <summary>column &gt; value, or column &lt; value. The value is never null; a null column gives no match.</summary>
    public static Expression Beyond(Expression column, Expression value, bool greater)
    {
        var type = value.Type;
        if (type.IsEnum)
        {
            // C# compares enums by their numbers. EF drops the conversion, so an enum stored as text compares as text, as it sorts.
            var number = Enum.GetUnderlyingType(type);
            var target = column.Type == type ? number : typeof(Nullable<>).MakeGenericType(number);
            return Operator(Expression.Convert(column, target), Lift(Expression.Convert(value, number), target), greater);
        }

        if (HasOperators(type))
            return Operator(column, Lift(value, column.Type), greater);

        var difference = type == typeof(string)
            ? Expression.Call(typeof(string), nameof(string.Compare), null, column, value)
            : Expression.Call(column.Type == type ? column : Expression.Property(column, "Value"), "CompareTo", null, value);
        return Operator(difference, Expression.Constant(0), greater);
    }

    public static Expression IsNull(Expression column) => Expression.Equal(column, Expression.Constant(null, column.Type));

    public static Expression IsNotNull(Expression column) => Expression.NotEqual(column, Expression.Constant(null, column.Type));

    private static BinaryExpression Operator(Expression left, Expression right, bool greater) =>
        greater ? Expression.GreaterThan(left, right) : Expression.LessThan(left, right);

    private static Expression Lift(Expression value, Type type) => value.Type == type ? value : Expression.Convert(value, type);

    private static bool HasOperators(Type type) =>
        Type.GetTypeCode(type) is >= TypeCode.SByte and <= TypeCode.DateTime
        || type == typeof(DateTimeOffset) || type == typeof(DateOnly) || type == typeof(TimeOnly) || type == typeof(TimeSpan);
}
