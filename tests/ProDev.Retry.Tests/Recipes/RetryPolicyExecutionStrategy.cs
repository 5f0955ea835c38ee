using System.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace ProDev.Retry.Tests.Recipes;

#region snippet: retry-ef-strategy
/// <summary>Lets a policy retry what a <see cref="DbContext"/> does, but nothing inside of a transaction that is open already.</summary>
public sealed class RetryPolicyExecutionStrategy(ExecutionStrategyDependencies dependencies, RetryPolicy policy) : IExecutionStrategy
{
    // EF Core then reads results into memory, so that a query cannot fail half-way in the caller's hands.
    public bool RetriesOnFailure => true;

    private DbContext Context => dependencies.CurrentContext.Context;

    // What the transaction did before is gone with it; to repeat its last statement alone would lose that.
    private bool IsInTransaction =>
        Context.Database.CurrentTransaction is not null || Context.Database.GetEnlistedTransaction() is not null || Transaction.Current is not null;

    public TResult Execute<TState, TResult>(
        TState state, Func<DbContext, TState, TResult> operation, Func<DbContext, TState, ExecutionResult<TResult>>? verifySucceeded)
    {
        return IsInTransaction ? operation(Context, state) : policy.Execute(_ => Attempt());

        TResult Attempt()
        {
            try
            {
                return operation(Context, state);
            }
            catch (Exception) when (verifySucceeded is not null)
            {
                // The answer was lost, perhaps, and not the work.
                var verified = verifySucceeded(Context, state);
                if (verified.IsSuccessful)
                    return verified.Result;
                throw;
            }
        }
    }

    public Task<TResult> ExecuteAsync<TState, TResult>(
        TState state,
        Func<DbContext, TState, CancellationToken, Task<TResult>> operation,
        Func<DbContext, TState, CancellationToken, Task<ExecutionResult<TResult>>>? verifySucceeded,
        CancellationToken cancellationToken = default)
    {
        return IsInTransaction ? operation(Context, state, cancellationToken) : policy.ExecuteAsync(AttemptAsync, cancellationToken).AsTask();

        async Task<TResult> AttemptAsync(CancellationToken token)
        {
            try
            {
                return await operation(Context, state, token);
            }
            catch (Exception) when (verifySucceeded is not null)
            {
                var verified = await verifySucceeded(Context, state, token);
                if (verified.IsSuccessful)
                    return verified.Result;
                throw;
            }
        }
    }
}
#endregion
