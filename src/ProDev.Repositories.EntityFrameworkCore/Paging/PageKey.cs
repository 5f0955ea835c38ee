using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace ProDev.Repositories.EntityFrameworkCore;

/// <summary>One key of a page's order: a mapped property, how it sorts, and how its values travel in a cursor.</summary>
/// <param name="Path">The name of the property, with dots for a property of a complex or owned type.</param>
/// <param name="Selector">The lambda from the entity to the value.</param>
/// <param name="IsNullable">Whether the column may hold null.</param>
/// <param name="Descending">Whether the largest value comes first.</param>
/// <param name="Converter">The conversion between the C# value and the stored value, if any.</param>
internal sealed record PageKey(string Path, LambdaExpression Selector, bool IsNullable, bool Descending, ValueConverter? Converter)
{
    /// <summary>The type of a value in C#, never nullable.</summary>
    public Type ValueType { get; } = Underlying(Selector.ReturnType);

    /// <summary>The type of a value in the store and in a cursor, never nullable.</summary>
    public Type StoredType { get; } = Underlying(Converter?.ProviderClrType ?? Selector.ReturnType);

    public object? ToStored(object? value) => value is null || Converter is null ? value : Converter.ConvertToProvider(value);

    public object? FromStored(object? value) => value is null || Converter is null ? value : Converter.ConvertFromProvider(value);

    private static Type Underlying(Type type) => Nullable.GetUnderlyingType(type) ?? type;
}
