using System.Transactions;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace ProDev.Jobs.EntityFrameworkCore;

/// <summary>Refuses transactions of System.Transactions: EF then makes none of its own, and there is nothing that jobs could be written into.</summary>
internal static class AmbientTransactions
{
    public static void Refuse(DatabaseFacade database)
    {
        if (Transaction.Current is not null || database.GetEnlistedTransaction() is not null)
        {
            throw new NotSupportedException(
                "Jobs cannot be enqueued in a TransactionScope or another transaction of System.Transactions. Use Database.BeginTransactionAsync() instead.");
        }
    }
}
