using Microsoft.Data.Sqlite;
using ProDev.Shared.Waking;

namespace ProDev.Jobs.Sqlite;

/// <summary>The store in a SQLite file: one connection that writes for all callers in groups, one that reads, and two ways to wake workers.</summary>
internal sealed partial class SqliteJobStore : IJobStore, IDisposable
{
    private readonly SqliteJobsOptions _options;
    private readonly string _path;
    private readonly TimeProvider _time;
    private readonly SqliteWriteLock _writeLock;
    private readonly WorkSignal _signal = new();
    private readonly EndSignal _ended = new();
    private readonly WakeFile _wakeFile;
    private readonly SemaphoreSlim _opening = new(1, 1);
    private OpenDatabase? _open;
    private volatile bool _disposed;

    public SqliteJobStore(SqliteJobsOptions options, TimeProvider time)
    {
        _options = options;
        _time = options.TimeProvider ?? time;

        // Once and for all: the three files must stay together, and the current directory may change.
        _path = Path.GetFullPath(options.Path);
        _writeLock = new SqliteWriteLock(new Turnstile(_path + ".turn"), options.LockTimeout);
        _wakeFile = new WakeFile(_path + ".wake", _signal.Pulse);
        _callers = new CallersTransaction(_path, _time);
    }

    public JobStoreAbilities Abilities => JobStoreAbilities.All;

    public async ValueTask OpenAsync(CancellationToken cancellationToken) => await OpenedAsync(cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<EnqueuedJob>> EnqueueAsync(IReadOnlyList<JobEnvelope> jobs, CancellationToken cancellationToken)
        => await WriteAsync(w => w.Enqueue(jobs), wakes: true, cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<LeasedJob>> FetchAsync(FetchRequest request, CancellationToken cancellationToken)
    {
        OpenDatabase database = await OpenedAsync(cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (!Read(database, r => r.HasReady(request.Queues, Now())))
            return [];
        return await database.Commits.RunAsync(w => w.Claim(request), wakes: false, cancellationToken).ConfigureAwait(false);
    }

    public async Task WaitForWorkAsync(IReadOnlyList<string> queues, TimeSpan timeout, CancellationToken cancellationToken)
    {
        // The signal is taken before the look into the file, so that whatever happens from here on is noticed.
        Task next = _signal.Next;
        OpenDatabase database = await OpenedAsync(cancellationToken).ConfigureAwait(false);
        _wakeFile.Watch();

        TimeSpan wait = timeout < _options.ProbeInterval ? timeout : _options.ProbeInterval;
        if (Read(database, static r => r.NextDue()) is { } due)
        {
            var untilDue = TimeSpan.FromMilliseconds(due - Now());
            wait = untilDue < wait ? untilDue : wait;
        }

        await WorkSignal.WaitAsync(next, wait, _time, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Other processes are not heard of, so the wait is never longer than the probe interval.</summary>
    public Task WaitForEndAsync(Guid? id, TimeSpan timeout, CancellationToken cancellationToken)
        => _ended.WaitAsync(id, timeout < _options.ProbeInterval ? timeout : _options.ProbeInterval, _time, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;

        // Whoever opens the file right now finishes first; whoever waits to do so finds the store disposed.
        await _opening.WaitAsync().ConfigureAwait(false);
        _opening.Release();
        if (_open is { } database)
            await database.Commits.DrainAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Close();
    }

    /// <summary>For containers that are disposed synchronously. A change that is being committed is finished; one that waits for its turn fails.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        if (_opening.Wait(_options.LockTimeout))
            _opening.Release();
        _open?.Commits.Drain(_options.LockTimeout);
        Close();
    }

    private void Close()
    {
        _wakeFile.Dispose();
        _open?.Dispose();
        _writeLock.Dispose();
    }

    private long Now() => Columns.ToMilliseconds(_time.GetUtcNow());

    private async ValueTask<T> WriteAsync<T>(Func<SqliteWriter, T> change, bool wakes, CancellationToken cancellationToken)
    {
        OpenDatabase database = await OpenedAsync(cancellationToken).ConfigureAwait(false);
        return await database.Commits.RunAsync(change, wakes, cancellationToken).ConfigureAwait(false);
    }

    private T Read<T>(OpenDatabase database, Func<SqliteReader, T> query)
    {
        try
        {
            return query(database.Reader);
        }
        catch (SqliteException e)
        {
            throw SqliteErrors.Translate(e, _path);
        }
    }

    private ValueTask<OpenDatabase> OpenedAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return Volatile.Read(ref _open) is { } open ? ValueTask.FromResult(open) : OpenSlowlyAsync(cancellationToken);
    }

    private async ValueTask<OpenDatabase> OpenSlowlyAsync(CancellationToken cancellationToken)
    {
        await _opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_open is { } open)
                return open;
            OpenDatabase database = await OpenDatabase.OpenAsync(_path, _writeLock, _time, Wake, cancellationToken).ConfigureAwait(false);
            Volatile.Write(ref _open, database);
            return database;
        }
        finally
        {
            _opening.Release();
        }
    }

    private void Wake()
    {
        _signal.Pulse();
        _wakeFile.Touch();
    }
}
