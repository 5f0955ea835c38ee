using System.Linq.Expressions;

namespace ProDev.Repositories;

/// <summary>
/// A named question about entities of type <typeparamref name="T"/>: which rows, in which order, with which related data.
/// A subclass describes it in its constructor with the protected methods; a repository runs it.
/// </summary>
/// <remarks>
/// Values that the constructor captures become parameters of the query, so that every instance of one subclass shares one
/// compiled query. Captured values are read when the query runs, not when the specification is made.
/// An instance is safe to share between threads once its constructor has returned.
/// </remarks>
/// <typeparam name="T">The entity type.</typeparam>
public abstract class Specification<T>
    where T : class
{
    private readonly List<FilterClause<T>> _filters = [];
    private readonly List<OrderClause> _orders = [];
    private readonly List<LambdaExpression> _includes = [];
    private readonly List<string> _tags = [];

    /// <summary>The conditions a row must meet, all of them. Empty when every row qualifies.</summary>
    public IReadOnlyList<FilterClause<T>> Filters => _filters;

    /// <summary>The order, most significant key first. Empty when the order is left to the store; a page then uses the primary key.</summary>
    public IReadOnlyList<OrderClause> Orders => _orders;

    /// <summary>Paths to related data that is loaded together with the entity. Ignored when a result is projected.</summary>
    public IReadOnlyList<LambdaExpression> Includes => _includes;

    /// <summary>Texts that are written as comments before the statement.</summary>
    public IReadOnlyList<string> Tags => _tags;

    /// <summary>The most rows a list or a stream returns; <see langword="null"/> when no limit is set. Pages and counts ignore it.</summary>
    public int? Limit { get; private set; }

    /// <summary>Whether a list of unknown length was asked for explicitly, with <see cref="Unbounded"/>.</summary>
    public bool IsUnbounded { get; private set; }

    /// <summary>
    /// Whether changes to the entities are tracked. <see langword="null"/>, the default, leaves it to the repository:
    /// <see cref="IRepository{T}"/> tracks, <see cref="IReadRepository{T}"/> does not.
    /// </summary>
    public bool? Tracking { get; private set; }

    /// <summary>Whether each included collection is loaded by a statement of its own instead of one join.</summary>
    public bool IsSplitQuery { get; private set; }

    /// <summary>Adds a condition. Conditions are combined with "and".</summary>
    /// <param name="predicate">The condition. Its captured values become query parameters.</param>
    /// <param name="bindsCursor">
    /// <see langword="true"/>, the default: a cursor is valid only for the same captured values. <see langword="false"/> when they
    /// differ from request to request, such as a clock, and a cursor must stay valid all the same.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="predicate"/> is null.</exception>
    protected void Where(Expression<Func<T, bool>> predicate, bool bindsCursor = true)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        _filters.Add(new FilterClause<T>(predicate, bindsCursor));
    }

    /// <summary>Sets the first sort key, smallest value first. Nulls come where the store puts them.</summary>
    /// <param name="key">The key. A page needs a mapped property; a list takes any expression the store can sort by.</param>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    /// <exception cref="InvalidOperationException">A first key has been set already.</exception>
    protected void OrderBy<TKey>(Expression<Func<T, TKey>> key) => AddFirst(key, descending: false);

    /// <summary>Sets the first sort key, largest value first. Nulls come where the store puts them.</summary>
    /// <param name="key">The key. A page needs a mapped property; a list takes any expression the store can sort by.</param>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    /// <exception cref="InvalidOperationException">A first key has been set already.</exception>
    protected void OrderByDescending<TKey>(Expression<Func<T, TKey>> key) => AddFirst(key, descending: true);

    /// <summary>Adds a sort key for rows that are equal so far, smallest value first.</summary>
    /// <param name="key">The key; see <see cref="OrderBy{TKey}"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    /// <exception cref="InvalidOperationException">No first key has been set.</exception>
    protected void ThenBy<TKey>(Expression<Func<T, TKey>> key) => AddNext(key, descending: false);

    /// <summary>Adds a sort key for rows that are equal so far, largest value first.</summary>
    /// <param name="key">The key; see <see cref="OrderBy{TKey}"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    /// <exception cref="InvalidOperationException">No first key has been set.</exception>
    protected void ThenByDescending<TKey>(Expression<Func<T, TKey>> key) => AddNext(key, descending: true);

    /// <summary>
    /// Loads related data together with the entity. A path may step through references (<c>c => c.Region.Country</c>) and through
    /// a collection with <c>Select</c> (<c>c => c.Districts.Select(d => d.Mayor)</c>).
    /// </summary>
    /// <param name="path">The path from the entity to the related data.</param>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    protected void Include<TProperty>(Expression<Func<T, TProperty>> path)
    {
        ArgumentNullException.ThrowIfNull(path);
        _includes.Add(path);
    }

    /// <summary>Limits a list or a stream to its first rows. A page has its own size and a count counts all: both ignore it.</summary>
    /// <param name="count">The most rows to return, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is less than 1.</exception>
    /// <exception cref="InvalidOperationException"><see cref="Unbounded"/> has been called.</exception>
    protected void Take(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (IsUnbounded)
            throw Conflict($"Take({count})", "Unbounded()");

        Limit = count;
    }

    /// <summary>Says that a list may have any length, because the set is known to be small. Without it a list needs <see cref="Take"/>.</summary>
    /// <exception cref="InvalidOperationException"><see cref="Take"/> has been called.</exception>
    protected void Unbounded()
    {
        if (Limit is { } limit)
            throw Conflict("Unbounded()", $"Take({limit})");

        IsUnbounded = true;
    }

    /// <summary>Tracks changes to the entities, whichever repository runs the specification.</summary>
    protected void AsTracking() => Tracking = true;

    /// <summary>Does not track changes to the entities, whichever repository runs the specification.</summary>
    protected void AsNoTracking() => Tracking = false;

    /// <summary>Loads each included collection by a statement of its own instead of one join, which would multiply the rows.</summary>
    protected void AsSplitQuery() => IsSplitQuery = true;

    /// <summary>Writes a text as a comment before the statement, to find it again in logs and in the database's statistics.</summary>
    /// <param name="tag">The text. It is part of the compiled query: use constant texts, not one per request.</param>
    /// <exception cref="ArgumentException"><paramref name="tag"/> is null, empty or white space.</exception>
    protected void TagWith(string tag)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(tag);
        _tags.Add(tag);
    }

    private void AddFirst(LambdaExpression key, bool descending)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (_orders.Count > 0)
        {
            throw new InvalidOperationException(
                $"Specification '{GetType().Name}' is ordered by '{_orders[0].Key}' already, so '{key}' cannot be its first key. " +
                "Add further keys with ThenBy or ThenByDescending.");
        }

        _orders.Add(new OrderClause(key, descending));
    }

    private void AddNext(LambdaExpression key, bool descending)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (_orders.Count == 0)
        {
            throw new InvalidOperationException(
                $"Specification '{GetType().Name}' has no first key, so '{key}' cannot follow it. Start with OrderBy or OrderByDescending.");
        }

        _orders.Add(new OrderClause(key, descending));
    }

    private InvalidOperationException Conflict(string call, string earlier) => new(
        $"Specification '{GetType().Name}' calls {call} after {earlier}. A list is bounded or unbounded: keep one of the two calls.");
}
