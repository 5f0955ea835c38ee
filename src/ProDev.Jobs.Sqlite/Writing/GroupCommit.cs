using Microsoft.Data.Sqlite;

namespace ProDev.Jobs.Sqlite;

/// <summary>
/// Commits the changes of many callers in one transaction. It clocks itself: whoever finds nobody committing leads and commits on its own thread;
/// whoever comes meanwhile waits in line and is taken by the next transaction. So a lone caller pays no hand-over, and a crowd shares the
/// flush to disk.
/// </summary>
internal sealed class GroupCommit(SqliteWriter writer, SqliteWriteLock writeLock, string path, Action committedWork)
{
    /// <summary>Bounds the time for which one transaction keeps other processes waiting.</summary>
    internal const int MaxOperations = 256;

    private readonly WaitingLine _line = new(TimeProvider.System);
    private int _leading;

    public Task<TResult> RunAsync<TResult>(Func<SqliteWriter, TResult> change, bool wakes, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<TResult>(cancellationToken);

        var operation = new WriteOperation<TResult>(change, wakes, cancellationToken);
        _line.Join(operation);
        if (Interlocked.CompareExchange(ref _leading, 1, 0) == 0)
            _ = LeadAsync();
        return operation.Task;
    }

    /// <summary>Waits until nobody commits.</summary>
    public Task DrainAsync() => RunAsync(static _ => true, wakes: false, CancellationToken.None);

    /// <summary>Waits, on the caller's thread, until nobody commits. For containers that are disposed synchronously.</summary>
    public void Drain(TimeSpan timeout) => SpinWait.SpinUntil(() => Volatile.Read(ref _leading) == 0, timeout);

    private async Task LeadAsync()
    {
        do
        {
            try
            {
                await CommitNextAsync().ConfigureAwait(false);
                while (!_line.IsEmpty)
                {
                    // The first caller has its answer now; the rest is led from the pool.
                    await default(BehindOthers);
                    await CommitNextAsync().ConfigureAwait(false);
                }
            }
            finally
            {
                // A full fence: the look at the line below must not come before it, or a caller who has just joined is led by nobody.
                Interlocked.Exchange(ref _leading, 0);
            }
        }
        while (!_line.IsEmpty && Interlocked.CompareExchange(ref _leading, 1, 0) == 0);
    }

    private async Task CommitNextAsync()
    {
        await _line.WaitForCompanionsAsync().ConfigureAwait(false);
        long started = TimeProvider.System.GetTimestamp();
        var group = new List<WriteOperation>();
        try
        {
            // Lock first, gather then: who arrives during the wait for another process joins this transaction.
            await writeLock.BeginAsync(writer.Connection, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            Gather(group);
            FailAll(group, Translate(e));
            return;
        }

        Gather(group);
        if (TryCommit(group) is not { } failure)
        {
            _line.Remember(group.Count, TimeProvider.System.GetElapsedTime(started));
            Succeed(group);
            return;
        }

        if (group.Count == 1)
        {
            group[0].Fail(Translate(failure));
            return;
        }

        // One of them spoiled it for all; alone, each gets its own answer.
        foreach (WriteOperation operation in group)
            await CommitAloneAsync(operation).ConfigureAwait(false);
    }

    private async Task CommitAloneAsync(WriteOperation operation)
    {
        try
        {
            await writeLock.BeginAsync(writer.Connection, CancellationToken.None).ConfigureAwait(false);
            if (TryCommit([operation]) is { } failure)
                operation.Fail(Translate(failure));
            else
                Succeed([operation]);
        }
        catch (Exception e)
        {
            operation.Fail(Translate(e));
        }
    }

    private void Gather(List<WriteOperation> group)
    {
        while (group.Count < MaxOperations && _line.TryTake(out WriteOperation? operation))
        {
            if (operation.TryStart())
                group.Add(operation);
        }
    }

    private Exception? TryCommit(List<WriteOperation> group)
    {
        try
        {
            foreach (WriteOperation operation in group)
                operation.Execute(writer);
            SqliteNative.Execute(writer.Connection, "COMMIT");
            return null;
        }
        catch (Exception e)
        {
            writer.RollBack();
            return e;
        }
    }

    private void Succeed(List<WriteOperation> group)
    {
        foreach (WriteOperation operation in group)
            operation.Succeed();
        if (writer.TakeHasCalled() | group.Exists(static o => o.Wakes))
            committedWork();
    }

    private Exception Translate(Exception e) => e is SqliteException error ? SqliteErrors.Translate(error, path) : e;

    private static void FailAll(List<WriteOperation> group, Exception exception)
    {
        foreach (WriteOperation operation in group)
            operation.Fail(exception);
    }
}
