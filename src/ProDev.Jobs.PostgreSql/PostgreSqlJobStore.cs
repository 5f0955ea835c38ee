using Npgsql;

namespace ProDev.Jobs.PostgreSql;

/// <summary>The store in a PostgreSQL database: five tables and one for jobs that limits hold up, one statement for each change, two ways to wake workers.</summary>
internal sealed partial class PostgreSqlJobStore : IJobStore, IDisposable
{
    private readonly PostgreSqlJobsOptions _options;
    private readonly TimeProvider _time;
    private readonly PostgreSqlDatabase _database;
    private readonly JobEnqueuer _enqueuer;
    private readonly JobClaimer _claimer;
    private readonly JobSettler _settler;
    private readonly JobUpkeep _upkeep;
    private readonly JobControl _control;
    private readonly JobNoteKeeper _notes;
    private readonly ScheduleKeeper _scheduleKeeper;
    private readonly ScheduleReader _scheduleReader;
    private readonly JobReader _reader;
    private readonly Neighbours _neighbours;

    public PostgreSqlJobStore(PostgreSqlJobsOptions options, TimeProvider time, NpgsqlDataSource? registered = null)
    {
        _options = options;
        _time = options.TimeProvider ?? time;
        _database = new PostgreSqlDatabase(options, registered);
        var clock = new JobClock(options.TimeProvider);
        JobStatements statements = _database.Statements;
        var keeper = new GateKeeper(statements, clock);
        _enqueuer = new JobEnqueuer(statements, clock, new UniqueJobs(statements, clock, keeper));
        _claimer = new JobClaimer(statements, clock, new LimitedClaimer(statements, clock, keeper), new ClaimStart(TimeProvider.System));
        _reader = new JobReader(statements, clock);
        var follower = new JobFollower(statements, _enqueuer, keeper);
        (_settler, _upkeep, _control) = (new(statements, clock, follower), new(statements, clock, follower), new(statements, clock, _reader, follower));
        _notes = new JobNoteKeeper(statements);
        (_scheduleKeeper, _scheduleReader) = (new(statements, clock, _enqueuer, _control, _reader), new(statements, clock));
        var channel = new WakeChannel(_database, options.Schema);
        _callers = new CallersTransaction(_enqueuer, channel, _database, options.Schema);
        _neighbours = new Neighbours(_database, channel, _time, options.Listen);
    }

    public JobStoreAbilities Abilities => JobStoreAbilities.All;

    public ValueTask OpenAsync(CancellationToken cancellationToken) => _database.OpenAsync(cancellationToken);

    public async ValueTask<IReadOnlyList<EnqueuedJob>> EnqueueAsync(IReadOnlyList<JobEnvelope> jobs, CancellationToken cancellationToken)
    {
        foreach (JobEnvelope job in jobs)
            StorableEnvelope.Check(job);
        EnqueuedJob[] answers = await _database.RunAsync(c => _enqueuer.RunAsync(c, jobs), cancellationToken).ConfigureAwait(false);
        if (Array.Exists(answers, static a => a.Outcome != EnqueueOutcome.Existed))
            Wake();
        return answers;
    }

    public async ValueTask<IReadOnlyList<LeasedJob>> FetchAsync(FetchRequest request, CancellationToken cancellationToken)
    {
        (List<LeasedJob> jobs, bool wakes) = await _database.RunAsync(c => _claimer.RunAsync(c, request), cancellationToken).ConfigureAwait(false);
        if (wakes)
            Wake();
        return jobs;
    }

    public Task WaitForWorkAsync(IReadOnlyList<string> queues, TimeSpan timeout, CancellationToken cancellationToken)
    {
        Task next = _neighbours.NextWork();
        return UntilAsync(next, timeout, token => _database.RunAsync(_reader.NextDueAsync, token), cancellationToken);
    }

    public Task WaitForEndAsync(Guid? id, TimeSpan timeout, CancellationToken cancellationToken)
        => _neighbours.WaitForEndAsync(id, timeout, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _neighbours.StopAsync().ConfigureAwait(false);
        }
        finally
        {
            await _database.DisposeAsync().ConfigureAwait(false);
            _neighbours.Dispose();
        }
    }

    /// <summary>For containers that are disposed synchronously. What is under way fails or is finished; nobody waits for it.</summary>
    public void Dispose()
    {
        _neighbours.Dispose();
        _database.Dispose();
    }

    /// <summary>
    /// Waits for the signal, for what is due next, or for the limit. The clock is looked at before the first await, so that whatever happens from here on is
    /// noticed.
    /// </summary>
    private async Task UntilAsync(
        Task next, TimeSpan timeout, Func<CancellationToken, Task<TimeSpan?>> untilDue, CancellationToken cancellationToken)
    {
        long started = _time.GetTimestamp();
        TimeSpan limit = timeout < _options.PollInterval ? timeout : _options.PollInterval;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task limited = limit > TimeSpan.Zero ? Task.Delay(limit, _time, ended.Token) : Task.CompletedTask;
        try
        {
            TimeSpan? due = await untilDue(cancellationToken).ConfigureAwait(false);
            Task whenDue = due is { } wait && wait < limit ? DelayFrom(started, wait, ended.Token) : limited;
            await Task.WhenAny(next, limited, whenDue).ConfigureAwait(false);
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>The clock is read after the timer was started: one that moved in between, as a test's does, is noticed.</summary>
    private Task DelayFrom(long started, TimeSpan wait, CancellationToken cancellationToken)
    {
        if (wait <= TimeSpan.Zero)
            return Task.CompletedTask;
        Task delay = Task.Delay(wait, _time, cancellationToken);
        return _time.GetElapsedTime(started) >= wait ? Task.CompletedTask : delay;
    }

    private void Wake() => _neighbours.Wake();
}
