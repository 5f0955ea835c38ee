using System.Linq.Expressions;

namespace ProDev.Repositories.EntityFrameworkCore;

/// <summary>
/// Describes the rows beyond a position as disjoint sets, each of which one index seek finds: equal to the position in the first keys
/// and beyond it in the next. A single condition with "or" says the same, but databases answer it by reading from the start.
/// </summary>
/// <remarks>
/// For keys (a, b, c) and position (1, 2, 3): a = 1 and b = 2 and c > 3; a = 1 and b > 2; a > 1. A key that may be null, where nulls sort
/// last, has one more set: b is null. Beyond a null that sorts first lies everything that is not null.
/// </remarks>
internal sealed class SeekBranches(IReadOnlyList<PageKey> keys, PageShape shape, bool nullsAreLargest)
{
    /// <summary>The condition of each set, nearest to the position first.</summary>
    /// <param name="row">The entity.</param>
    /// <param name="values">For each key its value at the position; not used where it is null.</param>
    public IReadOnlyList<Expression> Conditions(Expression row, IReadOnlyList<Expression?> values)
    {
        var branches = new List<Expression>();
        if (shape.IsInclusive)
            branches.Add(EqualUpTo(keys.Count, row, values)!); // A page has at least one key.

        for (var i = keys.Count - 1; i >= 0; i--)
        {
            var prefix = EqualUpTo(i, row, values);
            branches.AddRange(Beyond(i, row, values).Select(beyond => prefix is null ? beyond : Expression.AndAlso(prefix, beyond)));
        }

        return branches;
    }

    /// <summary>Whether the statement reads a key from its largest value down.</summary>
    public bool ReadsDescending(PageKey key) => key.Descending != shape.IsBackward;

    private Expression? EqualUpTo(int count, Expression row, IReadOnlyList<Expression?> values)
    {
        Expression? all = null;
        for (var i = 0; i < count; i++)
        {
            var column = ParameterReplacer.Inline(keys[i].Selector, row);
            var equal = shape.IsNull(i) ? KeyComparison.IsNull(column) : KeyComparison.Equal(column, values[i]!);
            all = all is null ? equal : Expression.AndAlso(all, equal);
        }

        return all;
    }

    private IEnumerable<Expression> Beyond(int index, Expression row, IReadOnlyList<Expression?> values)
    {
        var key = keys[index];
        var column = ParameterReplacer.Inline(key.Selector, row);
        var nullsComeLast = nullsAreLargest != ReadsDescending(key);
        if (shape.IsNull(index))
        {
            if (!nullsComeLast)
                yield return KeyComparison.IsNotNull(column);

            yield break;
        }

        yield return KeyComparison.Beyond(column, values[index]!, greater: !ReadsDescending(key));
        if (key.IsNullable && nullsComeLast)
            yield return KeyComparison.IsNull(column);
    }
}
