using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace ProDev.Repositories.EntityFrameworkCore;

/// <inheritdoc cref="IUnitOfWork"/>
internal sealed class EfUnitOfWork(DbContext context) : IUnitOfWork
{
    private int _savepoints;

    /// <inheritdoc/>
    public async Task<int> CommitAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            return await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (DbUpdateException exception) when (CommitConflicts.Classify(exception) is { } conflict)
        {
            throw new CommitConflictException(conflict, CommitConflicts.EntitiesOf(exception), exception);
        }
    }

    /// <inheritdoc/>
    public Task InTransactionAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        return InTransactionAsync(
            async token =>
            {
                await work(token).ConfigureAwait(false);
                return true;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<TResult> InTransactionAsync<TResult>(Func<CancellationToken, Task<TResult>> work, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (context.ChangeTracker.HasChanges())
        {
            throw new InvalidOperationException(
                "Changes were pending when InTransactionAsync was called; they could be neither retried nor rolled back with its work. " +
                "Call CommitAsync before it, or make the changes inside the work.");
        }

        if (context.Database.CurrentTransaction is { } outer)
            return await InSavepointAsync(outer, work, cancellationToken).ConfigureAwait(false);

        // A strategy that does not retry may still wrap exceptions of the work that look transient to it.
        var strategy = context.Database.CreateExecutionStrategy();
        return strategy.RetriesOnFailure
            ? await strategy.ExecuteAsync(work, RunAsync, cancellationToken).ConfigureAwait(false)
            : await RunAsync(work, cancellationToken).ConfigureAwait(false);
    }

    private async Task<TResult> RunAsync<TResult>(Func<CancellationToken, Task<TResult>> work, CancellationToken cancellationToken)
    {
        var transaction = await context.Database.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            try
            {
                var result = await work(cancellationToken).ConfigureAwait(false);
                await CommitAsync(cancellationToken).ConfigureAwait(false);
                await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
                return result;
            }
            catch
            {
                context.ChangeTracker.Clear();
                throw;
            }
        }
    }

    private async Task<TResult> InSavepointAsync<TResult>(
        IDbContextTransaction outer, Func<CancellationToken, Task<TResult>> work, CancellationToken cancellationToken)
    {
        var savepoint = $"prodev_{++_savepoints}";
        await outer.CreateSavepointAsync(savepoint, cancellationToken).ConfigureAwait(false);
        try
        {
            var result = await work(cancellationToken).ConfigureAwait(false);
            await CommitAsync(cancellationToken).ConfigureAwait(false);
            await outer.ReleaseSavepointAsync(savepoint, cancellationToken).ConfigureAwait(false);
            return result;
        }
        catch (Exception fault)
        {
            context.ChangeTracker.Clear();
            await UndoAsync(outer, savepoint, fault).ConfigureAwait(false);
            throw;
        }
    }

    // The inner work must be undone also when it was cancelled: whoever catches the failure goes on with the outer transaction.
    private static async Task UndoAsync(IDbContextTransaction outer, string savepoint, Exception fault)
    {
        try
        {
            await outer.RollbackToSavepointAsync(savepoint, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception undoFault)
        {
            // Not the work's own exception: whoever catches that one goes on, and would keep half of the inner work.
            throw new AggregateException(
                "The work inside another transaction failed, and the store could not undo it alone. Let this exception end the outer work.",
                fault,
                undoFault);
        }
    }
}
