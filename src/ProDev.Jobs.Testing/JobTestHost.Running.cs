using System.Diagnostics;

namespace ProDev.Jobs.Testing;

/// <summary>Running jobs, and moving the clock.</summary>
public sealed partial class JobTestHost
{
    private int _isRunning;

    /// <summary>
    /// Runs jobs until nothing can go on unless the clock moves: no job is ready, and none runs, except those that wait for the clock in
    /// <c>Task.Delay</c>. Jobs that are enqueued meanwhile run, too. Those in paused queues stay there. The clock stands still.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait, but not the jobs that run.</param>
    /// <returns>A task that ends when everything is idle.</returns>
    /// <exception cref="JobTestException">
    /// More than <see cref="JobTestOptions.MaxRuns"/> attempts were needed, a job hangs, or a ready job is in a queue that is not served.
    /// </exception>
    /// <exception cref="InvalidOperationException">Another call runs jobs already.</exception>
    public Task RunUntilIdleAsync(CancellationToken cancellationToken = default)
        => RunAsync(() => IdleAsync(cancellationToken));

    /// <summary>
    /// Runs jobs until none is left, and moves the clock to the next moment at which something happens whenever all are idle: a job or retry is due, a
    /// <c>Task.Delay</c> or a time limit ends. Dead letters and jobs in paused queues do not count as left: see <see cref="ShouldHaveNoDeadLetters"/> and
    /// <see cref="PendingJobs"/>.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait, but not the jobs that run.</param>
    /// <returns>A task that ends when no job is scheduled or running, and none is queued but in paused queues.</returns>
    /// <exception cref="JobTestException">
    /// Jobs are left after <see cref="JobTestOptions.MaxSpan"/> of virtual time or <see cref="JobTestOptions.MaxRuns"/> attempts, a job hangs, or a job is
    /// in a queue that is not served.
    /// </exception>
    /// <exception cref="InvalidOperationException">Another call runs jobs already.</exception>
    public Task RunUntilDoneAsync(CancellationToken cancellationToken = default)
        => RunAsync(() => DoneAsync(cancellationToken));

    /// <summary>
    /// Moves the clock by <paramref name="span"/>, and runs on the way everything that is ready or falls due, each at its moment. When it ends, all is
    /// idle; jobs that are due later are left, which is no error.
    /// </summary>
    /// <param name="span">How far. Zero is the same as <see cref="RunUntilIdleAsync"/>.</param>
    /// <param name="cancellationToken">Ends the wait, but not the jobs that run.</param>
    /// <returns>A task that ends when the moment has come and everything is idle.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="span"/> is negative.</exception>
    /// <exception cref="JobTestException">
    /// More than <see cref="JobTestOptions.MaxRuns"/> attempts were needed, a job hangs, or a ready job is in a queue that is not served.
    /// </exception>
    /// <exception cref="InvalidOperationException">Another call runs jobs already.</exception>
    public Task RunForAsync(TimeSpan span, CancellationToken cancellationToken = default)
    {
        CheckSpan(span);
        return RunAsync(() => UntilAsync(_clock.GetUtcNow() + span, cancellationToken));
    }

    /// <summary>
    /// Moves the clock at once and waits for nobody: delays and timeouts of running jobs end, on this thread and in order, and jobs fall due, which the next
    /// call that runs jobs then starts. For a job that waits for a timeout; otherwise see <see cref="RunForAsync"/>.
    /// </summary>
    /// <param name="span">How far; zero moves nothing.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="span"/> is negative.</exception>
    public void Advance(TimeSpan span)
    {
        CheckSpan(span);
        ObjectDisposedException.ThrowIf(_isDisposed == 1, this);
        MoveTo(_clock.GetUtcNow() + span);
    }

    private static void CheckSpan(TimeSpan span)
    {
        if (span < TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(nameof(span), span, $"The span is '{span}'. The clock cannot go back; set it to zero or more.");
    }

    private async Task RunAsync(Func<Task> run)
    {
        ObjectDisposedException.ThrowIf(_isDisposed == 1, this);
        if (Interlocked.Exchange(ref _isRunning, 1) == 1)
            throw new InvalidOperationException("This host runs jobs already. Await the call that does before the next one, or use a host of its own for each test.");
        try
        {
            _gate.Open(_options.MaxRuns);
            await run().ConfigureAwait(false);
        }
        finally
        {
            _gate.Close();
            Volatile.Write(ref _isRunning, 0);
        }
    }

    private async Task DoneAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset end = _clock.GetUtcNow() + _options.MaxSpan;
        await IdleAsync(cancellationToken).ConfigureAwait(false);
        while (_log.Running.Count > 0 || _store.NextDue is not null)
        {
            if (NextMoment() is not { } moment || moment > end)
                throw TestErrors.SpanPassed(_options.MaxSpan, PendingJobs);
            MoveTo(moment);
            await IdleAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task UntilAsync(DateTimeOffset end, CancellationToken cancellationToken)
    {
        await IdleAsync(cancellationToken).ConfigureAwait(false);
        while (_clock.GetUtcNow() < end)
        {
            MoveTo(NextMoment() is { } moment && moment < end ? moment : end);
            await IdleAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The store knows when jobs are due before the worker has set a timer for them.</summary>
    private DateTimeOffset? NextMoment()
        => (_clock.NextDue, _store.NextDue) is ({ } timer, { } job) ? (timer < job ? timer : job) : _clock.NextDue ?? _store.NextDue;

    private void MoveTo(DateTimeOffset moment)
    {
        _clock.MoveTo(moment);
        _store.Wake();
    }

    private async Task IdleAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            // The signal is taken before the look, so that whatever happens from here on is noticed.
            Task changed = _log.Changed;
            if (!IsIdle())
                await NextChangeAsync(changed, cancellationToken).ConfigureAwait(false);
            else if (_clock.NextDue <= _clock.GetUtcNow())
                MoveTo(_clock.GetUtcNow());
            else if (!await RevokeAsync(cancellationToken).ConfigureAwait(false))
                break;
        }

        IReadOnlyList<JobInfo> unserved = [.. PendingJobs.Where(j => j.State == JobState.Queued && !_queues.Contains(j.Queue, StringComparer.Ordinal))];
        if (unserved.Count > 0)
            throw TestErrors.Unserved(unserved, _queues);
    }

    /// <summary>Does at once what a worker does every poll interval. Returns false when no running job was revoked since the last time.</summary>
    private async Task<bool> RevokeAsync(CancellationToken cancellationToken)
    {
        List<HeldJob> jobs = [.. _log.Running.Select(static a => a.Context?.Held).OfType<HeldJob>()];
        if (jobs.Count == 0)
            return false;
        IReadOnlyList<bool> answers = await _store.FindRevokedAsync([.. jobs.Select(static j => j.Lease)], cancellationToken).ConfigureAwait(false);
        return jobs.Where((job, i) => answers[i] && job.MarkRevoked()).ToList().Count > 0;
    }

    /// <summary>Ready jobs do not count while all places are taken by jobs that wait for the clock.</summary>
    private bool IsIdle()
    {
        (IReadOnlyList<Attempt> running, long ready) = _gate.Look(_queues);
        if (!running.All(a => a.IsWaiting(_clock.GetUtcNow())))
            return false;
        if (ready == 0 || running.Count >= _options.Concurrency)
            return true;
        return _gate.IsSpent ? throw TestErrors.TooManyRuns(_options.MaxRuns, PendingJobs) : false;
    }

    private async Task NextChangeAsync(Task changed, CancellationToken cancellationToken)
    {
        try
        {
            TimeSpan limit = Debugger.IsAttached ? Timeout.InfiniteTimeSpan : _options.HangTimeout;
            await changed.WaitAsync(limit, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw TestErrors.Hangs(_options.HangTimeout, PendingJobs);
        }
    }
}
