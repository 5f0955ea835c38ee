using System.Diagnostics;
using ProDev.Shared.Collections;

namespace ProDev.Retry;

/// <summary>
/// A <see cref="RetryBudget"/> for each of many dependencies, such as hosts or tenants: one that is down does not take the retries
/// of the others.
/// </summary>
/// <remarks>
/// Keys may come from outside: their number is bounded. When there is no room, a new key takes the place of one that was not asked
/// for lately (approximately the least recently used); should that one come back, it starts with a new budget. Thread-safe. A key
/// that is known costs a look-up and allocates nothing.
/// </remarks>
[DebuggerDisplay("{Count} keys")]
public sealed class RetryBudgets
{
    private readonly BoundedMap<string, RetryBudget> _budgets;
    private readonly Func<string, RetryBudget> _create;

    /// <summary>Creates an empty set of budgets.</summary>
    /// <param name="create">
    /// Makes the budget of a key, such as <c>_ =&gt; RetryBudget.Percent()</c>. Callers that ask for a new key at the same moment may each
    /// run it; they all get the same budget. It must be thread-safe. What it throws reaches the caller, and nothing is kept.
    /// </param>
    /// <param name="maximumKeys">How many budgets are kept, at least 1; 1000 by default.</param>
    /// <exception cref="ArgumentNullException"><paramref name="create"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maximumKeys"/> is less than 1.</exception>
    public RetryBudgets(Func<string, RetryBudget> create, int maximumKeys = RetryConstants.DefaultMaximumBudgets)
    {
        ArgumentNullException.ThrowIfNull(create);
        if (maximumKeys < 1)
            throw new ArgumentOutOfRangeException(nameof(maximumKeys), maximumKeys, "At least one budget has to be kept.");

        _create = create;
        _budgets = new BoundedMap<string, RetryBudget>(maximumKeys);
    }

    /// <summary>Gets the number of budgets that are kept, at most <c>maximumKeys</c>. Counting takes locks: for gauges.</summary>
    public int Count => _budgets.Count;

    /// <summary>Gets the budget of a key, and makes it if there is none.</summary>
    /// <param name="key">Compared ordinally: write hosts in lower case.</param>
    /// <returns>The budget; the same one until it is evicted.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The callback returned null.</exception>
    public RetryBudget Get(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return _budgets.GetOrAdd(key, _create, static (missing, create) =>
            create(missing) ?? throw new InvalidOperationException($"The callback of {nameof(RetryBudgets)} returned null for '{missing}'."));
    }
}
