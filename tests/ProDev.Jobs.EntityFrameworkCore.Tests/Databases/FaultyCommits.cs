using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ProDev.Jobs.EntityFrameworkCore.Tests;

/// <summary>Lets the next commits fail, as a lost connection does: nothing of the transaction stays.</summary>
public sealed class FaultyCommits : DbTransactionInterceptor
{
    public int Next { get; set; }

    public int Commits { get; private set; }

    public override InterceptionResult TransactionCommitting(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result)
    {
        Commits++;
        return Next-- > 0 ? throw new LostCommitException() : result;
    }

    public override ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
        => ValueTask.FromResult(TransactionCommitting(transaction, eventData, result));
}
