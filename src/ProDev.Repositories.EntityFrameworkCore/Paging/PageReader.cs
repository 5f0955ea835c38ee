using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace ProDev.Repositories.EntityFrameworkCore;

/// <summary>Reads one page: checks the cursor, runs the statement, and signs the cursors of the neighbours.</summary>
internal static class PageReader
{
    public static async Task<CursorPage<TResult>> PageAsync<T, TResult>(
        DbContext context,
        Specification<T> specification,
        LambdaExpression? selector,
        bool tracks,
        CursorRequest request,
        CursorSigner signer,
        string? callerScope,
        CancellationToken cancellationToken)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(specification);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(signer);

        var template = SpecificationTemplate.Create(context, specification, selector, tracks, out var values);
        var keys = PageOrder.Resolve<T>(context, template.Specification, template.Orders);
        var scope = CursorScope.Describe(template, values, keys, callerScope);
        var position = request.Cursor is null ? null : Read(signer, request.Cursor, scope, keys);

        var shape = new PageShape(
            PageSizes.RowsToRead(request.Size),
            request.IsBackward,
            position is null ? null : string.Concat(position.Values.Select(value => value is null ? '0' : 'v')),
            position?.IsInclusive ?? false);
        var query = new PageQuery<T, TResult>(context, keys, shape);
        var rows = new List<PageRow<TResult>>(shape.Rows);
        var runner = new QueryRunner<T>(context, template, values, SeekParameters(keys, position));
        await foreach (var row in runner.Rows<PageRow<TResult>>(shape, query.Build).WithCancellation(cancellationToken).ConfigureAwait(false))
            rows.Add(row);

        return MakePage(rows, request, position, row => signer.Sign(row, scope), keys);
    }

    private static CursorPosition Read(CursorSigner signer, string cursor, byte[] scope, IReadOnlyList<PageKey> keys)
    {
        var stored = signer.Verify(cursor, scope, [.. keys.Select(key => key.StoredType)]);

        // A null for a key that is required: the model has changed since the cursor was signed.
        if (stored.Values.Zip(keys).Any(pair => pair.First is null && !pair.Second.IsNullable))
            throw new InvalidCursorException(CursorFault.WrongScope);

        return new CursorPosition([.. stored.Values.Zip(keys, (value, key) => key.FromStored(value))], stored.IsInclusive);
    }

    private static (ParameterExpression, object?)[] SeekParameters(IReadOnlyList<PageKey> keys, CursorPosition? position) =>
        position is null
            ? []
            : [.. keys
                .Zip(position.Values, (key, value) => (Key: key, Value: value))
                .Where(pair => pair.Value is not null)
                .Select((pair, i) => (Expression.Parameter(pair.Key.ValueType, $"k{i}"), pair.Value))];

    private static CursorPage<TResult> MakePage<TResult>(
        List<PageRow<TResult>> rows,
        CursorRequest request,
        CursorPosition? position,
        Func<CursorPosition, string> sign,
        IReadOnlyList<PageKey> keys)
    {
        var hasMore = rows.Count > request.Size;
        if (hasMore)
            rows.RemoveRange(request.Size, rows.Count - request.Size);

        if (request.IsBackward)
            rows.Reverse();

        // On the side it was read towards, a page knows whether more rows follow. On the other side is the cursor it came from.
        var hasNext = request.IsBackward ? position is not null : hasMore;
        var hasPrevious = request.IsBackward ? hasMore : position is not null;
        return new CursorPage<TResult>(
            [.. rows.Select(row => row.Item)],
            hasNext ? sign(Position(rows.Count > 0 ? rows[^1].Keys : null)) : null,
            hasPrevious ? sign(Position(rows.Count > 0 ? rows[0].Keys : null)) : null);

        CursorPosition Position(object?[]? values) => new(
            [.. keys.Zip(values ?? position!.Values, (key, value) => key.ToStored(value))], // An empty page has neighbours only by its cursor.
            isInclusive: values is null);
    }
}
