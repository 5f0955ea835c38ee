namespace ProDev.Repositories;

/// <summary>
/// Writes what the repositories of one scope were asked to add, change and remove. One unit of work serves one request at a time;
/// it is not thread-safe.
/// </summary>
public interface IUnitOfWork
{
    /// <summary>Writes all pending changes in one transaction: all of them, or none.</summary>
    /// <remarks>After a failure the changes are still pending: correct them and commit again, or drop the unit of work.</remarks>
    /// <param name="cancellationToken">Stops the commit; what was begun is rolled back.</param>
    /// <returns>The number of rows written; 0 when nothing was pending.</returns>
    /// <exception cref="CommitConflictException">
    /// A row was changed meanwhile, or exists already. Any other refusal by the store surfaces as the store's own exception.
    /// </exception>
    Task<int> CommitAsync(CancellationToken cancellationToken = default);

    /// <summary>Runs work in one transaction, commits what is pending at its end, and then commits the transaction.</summary>
    /// <param name="work">
    /// The work. It may commit several times. Where the store retries transient faults, it may run several times: its effects must all be
    /// in the transaction.
    /// </param>
    /// <param name="cancellationToken">Stops the work; the transaction is rolled back.</param>
    /// <inheritdoc cref="InTransactionAsync{TResult}" path="/remarks"/>
    /// <inheritdoc cref="InTransactionAsync{TResult}" path="/exception"/>
    Task InTransactionAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken = default);

    /// <summary>Runs work in one transaction, commits what is pending at its end, and then commits the transaction.</summary>
    /// <remarks>
    /// When the work fails, the transaction is rolled back and the unit of work forgets every entity it tracked, because they no longer
    /// match the store. Called inside another call, it uses a savepoint of the outer transaction: an inner failure that is caught undoes
    /// only the inner work.
    /// </remarks>
    /// <param name="work">
    /// The work. It may commit several times. Where the store retries transient faults, it may run several times: its effects must all be
    /// in the transaction.
    /// </param>
    /// <param name="cancellationToken">Stops the work; the transaction is rolled back.</param>
    /// <returns>What the work returned.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="work"/> is null.</exception>
    /// <exception cref="InvalidOperationException">
    /// Changes were pending before the call. They could be neither retried nor rolled back with the work: commit them first, or make them
    /// inside the work.
    /// </exception>
    /// <exception cref="CommitConflictException">See <see cref="CommitAsync"/>.</exception>
    /// <exception cref="AggregateException">
    /// An inner call failed, and the store could not go back to its savepoint. Both failures are in it; let it end the outer work.
    /// </exception>
    Task<TResult> InTransactionAsync<TResult>(Func<CancellationToken, Task<TResult>> work, CancellationToken cancellationToken = default);
}
