using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace ProDev.Jobs.EntityFrameworkCore;

/// <summary>
/// The jobs of one context that no transaction has taken yet. They are written just before the commit of the transaction that EF makes for SaveChanges,
/// so each attempt of a retrying strategy writes them; into a transaction of the application after SaveChanges has succeeded in it. They are
/// forgotten when that transaction is committed. They have had their ids from the start, so writing them again does no harm.
/// </summary>
internal sealed class ContextJobs(ICurrentDbContext current, IDbContextOptions options) : IResettableService
{
    private PendingJobs? _pending;
    private bool _isSaving;

    /// <summary>EF does not tell when SaveChanges ends because of a conflict, only that one was met, which somebody may still solve.</summary>
    private bool _hasMetConflict;

    /// <summary>What the context had before every save was made a transaction.</summary>
    private AutoTransactionBehavior? _behavior;

    /// <summary>The transaction that holds the jobs, until it is known what became of it.</summary>
    private Guid? _writtenIn;

    /// <summary>Whether the context believes the rows of these jobs to be saved, and will not save them again after a rollback.</summary>
    private bool _haveSavedRows;

    public int Count => _pending?.Count ?? 0;

    private DatabaseFacade Database => current.Context.Database;

    public static ContextJobs Of(DbContext context)
        => (ContextJobs?)((IInfrastructure<IServiceProvider>)context).Instance.GetService(typeof(ContextJobs))
            ?? throw new InvalidOperationException(
                $"The context '{context.GetType()}' does not know of jobs. Call UseProDevJobs() where its options are built, for example " +
                "AddDbContext<T>(o => o.UseNpgsql(...).UseProDevJobs()).");

    /// <summary>The client for what is enqueued now: into the transaction that is open, or to be kept until SaveChanges.</summary>
    public IJobClient Client()
    {
        Starting();
        Settle();
        IJobClient client = ApplicationClient();
        if (!Database.IsRelational())
        {
            throw new NotSupportedException(
                $"The provider '{Database.ProviderName}' of the context has no transactions that could take jobs. Enqueue through IJobClient instead.");
        }

        if (Database.CurrentTransaction is { } transaction)
            return client.InTransaction(transaction.GetDbTransaction());

        AmbientTransactions.Refuse(Database);
        _pending ??= client.CreatePending();
        if (_isSaving)
            SaveInTransaction();
        return _pending.Client;
    }

    public void Clear()
    {
        _pending?.Clear();
        _writtenIn = null;
    }

    public void Saving()
    {
        NotSaved();
        Settle();
        _isSaving = true;
        if (Count == 0 || Database.CurrentTransaction is not null)
            return;
        AmbientTransactions.Refuse(Database);
        SaveInTransaction();
    }

    public async Task CommittingAsync(DbTransaction transaction, Guid id, CancellationToken cancellationToken)
    {
        if (_isSaving && Count > 0)
            await WriteAsync(transaction, id, haveSavedRows: false, cancellationToken).ConfigureAwait(false);
    }

    public void Committed(Guid id)
    {
        if (_writtenIn == id)
            Clear();
    }

    public async Task SavedAsync(int rows, CancellationToken cancellationToken)
    {
        NotSaved();
        if (Count == 0)
            return;
        if (Database.CurrentTransaction is not { } transaction)
        {
            // EF had nothing to write, so it made no transaction.
            await SaveAloneAsync(cancellationToken).ConfigureAwait(false);
        }
        else if (_writtenIn != transaction.TransactionId || !_haveSavedRows)
        {
            bool haveSavedRows = rows > 0 && !current.Context.ChangeTracker.HasChanges();
            await WriteAsync(transaction.GetDbTransaction(), transaction.TransactionId, haveSavedRows, cancellationToken).ConfigureAwait(false);
        }
    }

    public void MayFail() => _hasMetConflict = _isSaving;

    /// <summary>Whoever solves a conflict goes on in the transaction that is open; if something begins, SaveChanges has failed.</summary>
    public void Starting()
    {
        if (_hasMetConflict)
            NotSaved();
    }

    public void NotSaved()
    {
        (_isSaving, _hasMetConflict) = (false, false);
        if (_behavior is { } before)
            Database.AutoTransactionBehavior = before;
        _behavior = null;
    }

    public void ResetState()
    {
        // EF itself sets the behavior of a pooled context back.
        (_isSaving, _hasMetConflict, _behavior) = (false, false, null);
        Clear();
    }

    public Task ResetStateAsync(CancellationToken cancellationToken = default)
    {
        ResetState();
        return Task.CompletedTask;
    }

    /// <summary>A transaction that is not open any more and was not seen to commit was rolled back. Rows that it held are lost to the context, too.</summary>
    private void Settle()
    {
        if (_writtenIn is not { } id || Database.CurrentTransaction?.TransactionId == id)
            return;
        if (_haveSavedRows)
            Clear();
        _writtenIn = null;
    }

    private void SaveInTransaction()
    {
        _behavior ??= Database.AutoTransactionBehavior;
        Database.AutoTransactionBehavior = AutoTransactionBehavior.Always;
    }

    private Task SaveAloneAsync(CancellationToken cancellationToken)
        => Database.CreateExecutionStrategy().ExecuteAsync(
            async token =>
            {
                IDbContextTransaction transaction = await Database.BeginTransactionAsync(token).ConfigureAwait(false);
                await using (transaction.ConfigureAwait(false))
                {
                    await WriteAsync(transaction.GetDbTransaction(), transaction.TransactionId, haveSavedRows: false, token).ConfigureAwait(false);
                    await transaction.CommitAsync(token).ConfigureAwait(false);
                }
            },
            cancellationToken);

    private async Task WriteAsync(DbTransaction transaction, Guid id, bool haveSavedRows, CancellationToken cancellationToken)
    {
        try
        {
            await _pending!.WriteAsync(transaction, cancellationToken).ConfigureAwait(false);
            (_writtenIn, _haveSavedRows) = (id, haveSavedRows);
        }
        catch (JobStoreException e)
        {
            // As EF does with what the driver reports, so that its execution strategies recognise what is worth another try.
            throw new DbUpdateException(e.Message, e.InnerException ?? e);
        }
    }

    private IJobClient ApplicationClient()
        => options.FindExtension<JobsOptionsExtension>()?.Client
            ?? (IJobClient?)options.FindExtension<CoreOptionsExtension>()?.ApplicationServiceProvider?.GetService(typeof(IJobClient))
            ?? throw new InvalidOperationException(
                $"The context '{current.Context.GetType()}' finds no IJobClient. Register jobs with AddProDevJobs() where the context is registered, or " +
                "pass a client to UseProDevJobs().");
}
