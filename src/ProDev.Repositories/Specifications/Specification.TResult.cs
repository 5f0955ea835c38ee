using System.Linq.Expressions;

namespace ProDev.Repositories;

/// <summary>
/// A <see cref="Specification{T}"/> that reads only what a result needs: its <see cref="Select"/> becomes the columns of the statement.
/// </summary>
/// <typeparam name="T">The entity type.</typeparam>
/// <typeparam name="TResult">What each row becomes.</typeparam>
public abstract class Specification<T, TResult> : Specification<T>
    where T : class
{
    private Expression<Func<T, TResult>>? _selector;

    /// <summary>How a row becomes a result.</summary>
    /// <exception cref="InvalidOperationException">The constructor did not call <see cref="Select"/>.</exception>
    public Expression<Func<T, TResult>> Selector => _selector ?? throw new InvalidOperationException(
        $"Specification '{GetType().Name}' does not say how a '{typeof(T).Name}' becomes a '{typeof(TResult).Name}'. " +
        "Call Select in its constructor, or derive from Specification<T> to read whole entities.");

    /// <summary>Sets how a row becomes a result.</summary>
    /// <param name="selector">The projection. Its captured values become query parameters.</param>
    /// <exception cref="ArgumentNullException"><paramref name="selector"/> is null.</exception>
    /// <exception cref="InvalidOperationException">A projection has been set already.</exception>
    protected void Select(Expression<Func<T, TResult>> selector)
    {
        ArgumentNullException.ThrowIfNull(selector);
        if (_selector is not null)
        {
            throw new InvalidOperationException(
                $"Specification '{GetType().Name}' calls Select twice: '{_selector}' and '{selector}'. Keep one of the two.");
        }

        _selector = selector;
    }
}
