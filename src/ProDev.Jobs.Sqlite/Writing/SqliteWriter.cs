using Microsoft.Data.Sqlite;

namespace ProDev.Jobs.Sqlite;

/// <summary>The changes, as statements on the one connection that writes. Only touched by the leader of a <see cref="GroupCommit"/>.</summary>
internal sealed partial class SqliteWriter : IDisposable
{
    private readonly TimeProvider _time;
    private readonly SqliteEnqueuer _enqueuer;
    private readonly SqliteJoins _joins;
    private readonly SqliteGates _gates;
    private long _calledBefore;

    public SqliteWriter(SqliteConnection connection, TimeProvider time)
    {
        Connection = connection;
        _time = time;
        _enqueuer = new SqliteEnqueuer(connection, time);
        _gates = new SqliteGates(connection, time);
        PrepareClaim();
        PrepareSettle();
        PrepareUpkeep();
        PrepareControl();
        PrepareNotes();
        PrepareSchedules();
        _joins = new SqliteJoins(connection);
    }

    public SqliteConnection Connection { get; }

    public EnqueuedJob[] Enqueue(IReadOnlyList<JobEnvelope> jobs) => _enqueuer.Run(jobs);

    /// <summary>Whether jobs that were parked have been queued since the last time.</summary>
    public bool TakeHasCalled()
    {
        bool called = _gates.Called > _calledBefore;
        _calledBefore = _gates.Called;
        return called;
    }

    public void RollBack()
    {
        _enqueuer.Forget();
        _calledBefore = _gates.Called;
        if (Connection.Handle is { } open)
            _ = SQLitePCL.raw.sqlite3_exec(open, "ROLLBACK");
    }

    public void Dispose()
    {
        foreach (Statement statement in (Statement[])[.. All(), .. Schedules()])
            statement.Dispose();
        _startMany.Dispose();
        _allHeld.Dispose();
        _completeMany.Dispose();
        _enqueuer.Dispose();
        _joins.Dispose();
        _gates.Dispose();
        Connection.Dispose();
    }

    private long QueueId(string name) => _enqueuer.QueueId(name);

    private long Now() => Columns.ToMilliseconds(_time.GetUtcNow());

    private Statement[] All() =>
    [
        _promote, _next, _nextNamed, _start, _groupOf, _complete, _retry, _bury, _extend, _return, _expired, _requeue, _replay, _discard, _dead, _prune, _waiting, _limitsOf,
        _toRevoke, _endRevoked, _askToRevoke, _pause, _isPaused, _envelope, _note, _pruneNotes, _discardNotes,
    ];
}
