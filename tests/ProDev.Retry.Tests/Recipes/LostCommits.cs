using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ProDev.Retry.Tests.Recipes;

/// <summary>Loses the answer to the next commits, which are done.</summary>
internal sealed class LostCommits : DbTransactionInterceptor
{
    public int LossesLeft { get; set; }

    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default) =>
        LossesLeft-- > 0 ? throw new DatabaseFault(isTransient: true) : Task.CompletedTask;
}
