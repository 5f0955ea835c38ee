using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ProDev.Jobs;

/// <summary>
/// The worker. Start: one fetcher, <see cref="WorkerOptions.Concurrency"/> runners, one outcome writer, one lease keeper, one revocation watch, one
/// housekeeper. Stop:
/// <list type="number">
/// <item>The fetcher claims no more, and what waits in the local queue is returned at once, uncharged.</item>
/// <item>Running jobs may finish until the host's shutdown timeout.</item>
/// <item>Then their tokens fire; those that end within the grace period are handed back uncharged.</item>
/// <item>A job that ignores its token keeps its lease for as long as the process lives; then another worker gets it when the lease runs out.</item>
/// </list>
/// </summary>
internal sealed class JobWorker(
    WorkerOptions options, CheckedJobStore store, JobRegistry registry, JobUpcasters upcasters, JobPipeline pipeline, IServiceScopeFactory scopes,
    JobsOptions jobs, TimeProvider time, ILogger logger) : BackgroundService
{
    private static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(5);

    private readonly HeldJobs _held = new();
    private readonly FetchPace _pace = new(options, time);
    private readonly CancellationTokenSource _abort = new();
    private readonly StoreContact _fetching = new(time);
    private readonly StoreContact _housekeeping = new(time);

    /// <summary>How long its leases hold.</summary>
    public TimeSpan Lease => options.Lease;

    /// <summary>How long the store has not answered it; <see langword="null"/> while it does. For the health check.</summary>
    public TimeSpan? SilentFor => _fetching.SilentFor > _housekeeping.SilentFor || _housekeeping.SilentFor is null ? _fetching.SilentFor : _housekeeping.SilentFor;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // First no more jobs: those that are handed back would be fetched again at once. The host awaits this method even after its timeout has fired; that is
        // when the hand-back happens.
        Task stopping = base.StopAsync(cancellationToken);
        using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(_ => Abort(), null);
        await stopping.ConfigureAwait(false);
        if (ExecuteTask is { IsCompleted: false } executing)
            await executing.WaitAsync(GracePeriod, time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (ExecuteTask is { IsCompleted: false })
            logger.StoppedWithRunningJobs(_held.Count);
    }

    /// <summary>A host that is disposed without being stopped gives running jobs no time: what they held runs again elsewhere.</summary>
    public override void Dispose()
    {
        base.Dispose();
        Abort();
        _abort.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        IReadOnlyList<string> queues = options.Queues.Count > 0 ? [.. options.Queues] : registry.Queues;
        string name = $"{Environment.MachineName}:{Environment.ProcessId}:{Guid.NewGuid():N}";
        if (queues.Count == 0)
        {
            logger.NothingToServe();
            return;
        }

        logger.Started(name, string.Join(", ", queues), options.Concurrency);
        var writer = new OutcomeWriter(store, _held, options.Settled, time, logger);
        var fetcher = new JobFetcher(options, queues, name, store, _held, _pace, job => GiveBack(job, writer), _fetching, time, logger);
        var runner = new JobRunner(registry, upcasters, pipeline, scopes, store, options.Lease, jobs, time, logger);
        using var finished = new CancellationTokenSource();
        Task keeper = new LeaseKeeper(store, _held, options.Lease, time, logger).RunAsync(finished.Token);
        Task watch = new RevocationWatch(store, _held, options.PollInterval, time, logger).RunAsync(finished.Token);
        Task housekeeper = new Housekeeper(store, options.PollInterval, jobs.Retention, _housekeeping, time, logger).RunAsync(stoppingToken);
        Task writing = writer.RunAsync(_abort.Token);

        Task fetching = fetcher.RunAsync(stoppingToken);
        await Task.WhenAll(Enumerable.Range(0, options.Concurrency).Select(_ => RunJobsAsync(fetcher, runner, writer, stoppingToken)))
            .ConfigureAwait(false);

        await fetching.ConfigureAwait(false);
        writer.Complete();
        await writing.ConfigureAwait(false);
        await finished.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(keeper, watch, housekeeper).ConfigureAwait(false);
        logger.Stopped(name);
    }

    private async Task RunJobsAsync(JobFetcher fetcher, JobRunner runner, OutcomeWriter writer, CancellationToken stopping)
    {
        // Yield first: a job that never goes asynchronous must not keep the host from starting.
        await Task.Yield();
        await foreach (HeldJob job in fetcher.Local.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
        {
            if (job.Lost || stopping.IsCancellationRequested)
            {
                GiveBack(job, writer);
                continue;
            }

            _held.Taken();
            await RunOneAsync(job, runner, writer).ConfigureAwait(false);
        }
    }

    /// <summary>A job that was not started goes back to the store, unless its lease is gone.</summary>
    private void GiveBack(HeldJob job, OutcomeWriter writer)
    {
        _held.Taken();
        if (job.Lost)
            _held.Remove(job);
        else
            writer.Add(JobOutcome.Returned(job));
    }

    private async Task RunOneAsync(HeldJob job, JobRunner runner, OutcomeWriter writer)
    {
        if (_abort.IsCancellationRequested)
            job.MarkStopped();
        long started = time.GetTimestamp();
        _pace.Moved(started);
        JobOutcome outcome = await runner.RunAsync(job).ConfigureAwait(false);
        _pace.Ran(time.GetElapsedTime(started));
        if (job.Lost)
            _held.Remove(job);
        else
            writer.Add(outcome);
    }

    private void Abort()
    {
        _abort.Cancel();
        foreach (HeldJob job in _held.Snapshot())
            job.MarkStopped();
    }
}
