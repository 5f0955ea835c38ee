using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;

namespace ProDev.Repositories.EntityFrameworkCore;

/// <summary>What can be done with a specification on a context. Repositories and extension methods are thin layers over it.</summary>
internal static class SpecificationQueries
{
    public static async Task<TResult?> FirstOrDefaultAsync<T, TResult>(
        DbContext context, Specification<T> specification, LambdaExpression? selector, bool tracks, CancellationToken cancellationToken)
        where T : class
    {
        var rows = Rows<T, TResult>(context, specification, selector, tracks, limit: 1);
        await foreach (var row in rows.WithCancellation(cancellationToken).ConfigureAwait(false))
            return row;

        return default;
    }

    public static async Task<IReadOnlyList<TResult>> ListAsync<T, TResult>(
        DbContext context, Specification<T> specification, LambdaExpression? selector, bool tracks, CancellationToken cancellationToken)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(specification);
        if (specification is { Limit: null, IsUnbounded: false })
        {
            throw new InvalidOperationException(
                $"Specification '{specification.GetType().Name}' does not say how many rows a list may have. Call Take(n) in it, " +
                "read pages with PageAsync, stream with StreamAsync, or call Unbounded() if the set is known to be small.");
        }

        var list = new List<TResult>();
        var rows = Rows<T, TResult>(context, specification, selector, tracks, specification.Limit);
        await foreach (var row in rows.WithCancellation(cancellationToken).ConfigureAwait(false))
            list.Add(row);

        return list;
    }

    public static IAsyncEnumerable<TResult> Stream<T, TResult>(
        DbContext context, Specification<T> specification, LambdaExpression? selector, bool tracks, CancellationToken cancellationToken)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(specification);
        return EnumerateAsync<T, TResult>(context, specification, selector, tracks, cancellationToken);
    }

    // The query is built when the enumeration starts, so that each enumeration reads the captured values anew.
    private static async IAsyncEnumerable<TResult> EnumerateAsync<T, TResult>(
        DbContext context,
        Specification<T> specification,
        LambdaExpression? selector,
        bool tracks,
        [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class
    {
        var rows = Rows<T, TResult>(context, specification, selector, tracks, specification.Limit);
        await foreach (var row in rows.WithCancellation(cancellationToken).ConfigureAwait(false))
            yield return row;
    }

    public static Task<long> CountAsync<T>(DbContext context, Specification<T> specification, CancellationToken cancellationToken)
        where T : class => ScalarAsync<T, long>(context, specification, nameof(Queryable.LongCount), cancellationToken);

    public static Task<bool> AnyAsync<T>(DbContext context, Specification<T> specification, CancellationToken cancellationToken)
        where T : class => ScalarAsync<T, bool>(context, specification, nameof(Queryable.Any), cancellationToken);

    private static IAsyncEnumerable<TResult> Rows<T, TResult>(
        DbContext context, Specification<T> specification, LambdaExpression? selector, bool tracks, int? limit)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(specification);
        var template = SpecificationTemplate.Create(context, specification, selector, tracks, out var values);
        return new QueryRunner<T>(context, template, values)
            .Rows<TResult>((nameof(Rows), limit), (root, parts, _) => QueryComposer.List(root, parts, limit));
    }

    private static Task<TScalar> ScalarAsync<T, TScalar>(
        DbContext context, Specification<T> specification, string method, CancellationToken cancellationToken)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(specification);
        var template = SpecificationTemplate.Create(context, specification, selector: null, tracks: false, out var values).ConditionsOnly();
        return new QueryRunner<T>(context, template, values).ScalarAsync<TScalar>(
            method,
            (root, parts, _) => Expression.Call(typeof(Queryable), method, [typeof(T)], QueryComposer.Rows(root, parts)),
            cancellationToken);
    }
}
