using System.Linq.Expressions;

namespace ProDev.Repositories.EntityFrameworkCore;

/// <summary>Holds one value the way a C# closure does, so that an ordinary EF query sees a parameter and not a constant.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
internal sealed class ValueBox<T>(T value)
{
    /// <summary>The value. A field, as in a closure.</summary>
    public readonly T Value = value;
}

/// <summary>Makes boxes for types known only at run time.</summary>
internal static class ValueBox
{
    public static Expression Access(Type type, object? value)
    {
        var boxType = typeof(ValueBox<>).MakeGenericType(type);
        return Expression.Field(Expression.Constant(Activator.CreateInstance(boxType, value)), boxType, nameof(ValueBox<object>.Value));
    }
}
