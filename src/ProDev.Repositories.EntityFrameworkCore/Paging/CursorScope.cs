using System.Linq.Expressions;
using System.Text;

namespace ProDev.Repositories.EntityFrameworkCore;

/// <summary>
/// Writes down what a cursor belongs to, the same way in every process: entity, specification, conditions with the values they captured,
/// keys and their directions, and the scope of the caller. The signer hashes it.
/// </summary>
internal static class CursorScope
{
    public static byte[] Describe(
        SpecificationTemplate template, IReadOnlyList<object?> values, IReadOnlyList<PageKey> keys, string? callerScope)
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
        {
            // Names without assembly versions: a new build of the same program still knows its cursors.
            writer.Write(template.Entity.ToString());
            writer.Write(template.Specification.ToString());
            writer.Write(callerScope is not null);
            writer.Write(callerScope ?? string.Empty);

            writer.Write(keys.Count);
            foreach (var key in keys)
            {
                writer.Write(key.Path);
                writer.Write(key.Descending);
                writer.Write(key.StoredType.ToString());
            }

            writer.Write(template.Filters.Count);
            foreach (var filter in template.Filters)
            {
                var bound = filter.BindsCursor ? Pair(template.Parameters, values) : [];
                new ExpressionWriter(writer, bound).Visit(filter.Predicate);
            }
        }

        return stream.ToArray();
    }

    private static Dictionary<ParameterExpression, object?> Pair(IReadOnlyList<ParameterExpression> parameters, IReadOnlyList<object?> values)
    {
        var pairs = new Dictionary<ParameterExpression, object?>();
        for (var i = 0; i < parameters.Count; i++)
            pairs[parameters[i]] = values[i];

        return pairs;
    }
}
