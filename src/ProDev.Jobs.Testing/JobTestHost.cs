using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ProDev.Jobs.Testing;

/// <summary>
/// Runs the jobs of an application in a test: the real client, worker and in-memory store, on a clock that stands still until the test moves it.
/// Jobs run only inside <see cref="RunUntilIdleAsync"/>, <see cref="RunUntilDoneAsync"/> and <see cref="RunForAsync"/>, one at a time and in the same
/// order each time. It needs no test framework. Hosts do not share anything; one host takes one run at a time.
/// </summary>
/// <remarks>
/// <para>A job waits for the clock in <c>Task.Delay(delay, timeProvider)</c>, with the <see cref="TimeProvider"/> from its constructor. While all that
/// its attempt does is wait there, the host counts it as idle, and moves the clock for it where it moves the clock at all. Timeouts are no
/// waits, such as those of <c>CancellationTokenSource(delay, timeProvider)</c> and <c>Task.WaitAsync</c>, nor is a <see cref="PeriodicTimer"/>: the host
/// expects such a job to go on by itself. To let a timeout pass, wait until the job is there, by a signal of your own, and call
/// <see cref="Advance"/>.</para>
/// <para>An attempt that waits for the clock and beside that for real asynchronous work may see the clock move before that work is done.</para>
/// <para>Differences to an application: retries wait for the full backoff, without jitter; succeeded jobs are never pruned; stores, workers, clocks and
/// hosted services that the application registers are not used.</para>
/// </remarks>
public sealed partial class JobTestHost : IAsyncDisposable
{
    private readonly JobTestOptions _options;
    private readonly ServiceProvider _services;
    private readonly VirtualClock _clock;
    private readonly MemoryJobStore _store;
    private readonly JobGate _gate;
    private readonly AttemptLog _log;
    private readonly IReadOnlyList<string> _queues;
    private readonly JobWorker _worker;
    private int _isDisposed;

    private JobTestHost(JobTestOptions options, ServiceProvider services)
    {
        _options = options;
        _services = services;
        _clock = services.GetRequiredService<VirtualClock>();
        _store = services.GetRequiredService<MemoryJobStore>();
        _gate = services.GetRequiredService<JobGate>();
        _log = services.GetRequiredService<AttemptLog>();
        _queues = [.. services.GetRequiredService<JobRegistry>().Queues.Union(options.Queues, StringComparer.Ordinal)];
        _worker = TestServices.CreateWorker(services, options, _queues);
        Jobs = services.GetRequiredService<IJobClient>();
    }

    /// <summary>Enqueues jobs, and answers what became of them.</summary>
    public IJobClient Jobs { get; }

    /// <summary>The services that jobs get theirs from: for fakes, and for scopes of the test's own.</summary>
    public IServiceProvider Services => _services;

    /// <summary>The virtual clock. It is also the <see cref="TimeProvider"/> that jobs and their services get.</summary>
    public TimeProvider Time => _clock;

    /// <summary>Every attempt that has ended, in the order of their ends. A snapshot.</summary>
    public IReadOnlyList<JobTestRun> Runs => _log.Ended;

    /// <summary>The jobs that are scheduled, queued or running, in the order in which they were enqueued. A snapshot.</summary>
    public IReadOnlyList<JobInfo> PendingJobs => _store.ListPending();

    /// <summary>All dead letters, the oldest first. A snapshot.</summary>
    public IReadOnlyList<JobInfo> DeadLetters => _store.ListDead();

    /// <summary>Builds the services and starts the worker.</summary>
    /// <param name="jobs">Registers the jobs, for example by the generated <c>AddJobsFromThisAssembly()</c>, and their middleware.</param>
    /// <param name="services">
    /// Registers what the jobs need; runs after <paramref name="jobs"/>, so that fakes replace what that has registered.
    /// <see langword="null"/>: nothing.
    /// </param>
    /// <param name="configure">Changes the settings; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <returns>The host; dispose it.</returns>
    /// <exception cref="ArgumentException">A setting is out of range; the message names all that are.</exception>
    /// <exception cref="OptionsValidationException">A setting of the jobs is out of range.</exception>
    /// <exception cref="InvalidOperationException">Jobs contradict each other, such as two with one name.</exception>
    public static async Task<JobTestHost> StartAsync(
        Action<IProDevJobsBuilder> jobs,
        Action<IServiceCollection>? services = null,
        Action<JobTestOptions>? configure = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        var options = new JobTestOptions();
        configure?.Invoke(options);
        IReadOnlyList<string> faults = options.Faults();
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(" ", faults), nameof(configure));

        ServiceProvider provider = TestServices.Build(options, jobs, services);
        try
        {
            _ = provider.GetRequiredService<IOptions<JobsOptions>>().Value;
            var host = new JobTestHost(options, provider);
            await host._worker.StartAsync(cancellationToken).ConfigureAwait(false);
            return host;
        }
        catch
        {
            await provider.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Throws if there are dead letters, with their errors.</summary>
    /// <exception cref="JobTestException">There are some; the message names each with its reason and error.</exception>
    public void ShouldHaveNoDeadLetters()
    {
        IReadOnlyList<JobInfo> dead = DeadLetters;
        if (dead.Count > 0)
            throw TestErrors.DeadLetters(dead);
    }

    /// <summary>
    /// Stops the worker. Tokens of jobs that run fire at once. A job that ignores its token is left to itself: at once if it waits for the clock, otherwise
    /// after five seconds of real time. Jobs that have not run are forgotten.
    /// </summary>
    /// <returns>A task that ends when worker and services are disposed.</returns>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 1)
            return;
        _gate.Close();
        await StopWorkerAsync().ConfigureAwait(false);
        _worker.Dispose();
        await _services.DisposeAsync().ConfigureAwait(false);
    }

    private async Task StopWorkerAsync()
    {
        Task stopping = _worker.StopAsync(new CancellationToken(canceled: true));
        using var ended = new CancellationTokenSource();
        Task late = Task.Delay(TestServices.GracePeriod, TimeProvider.System, ended.Token);
        while (!stopping.IsCompleted)
        {
            Task changed = _log.Changed;
            if (late.IsCompleted || IsStuck())
            {
                // The worker gives jobs that ignore their token some virtual time, which nobody else moves any more.
                _clock.MoveTo(_clock.GetUtcNow() + TestServices.GracePeriod);
                await stopping.ConfigureAwait(false);
            }

            await Task.WhenAny(stopping, changed, late).ConfigureAwait(false);
        }

        await ended.CancelAsync().ConfigureAwait(false);
        await stopping.ConfigureAwait(false);
    }

    /// <summary>Jobs are left, and all have seen their token fire and wait for the clock all the same.</summary>
    private bool IsStuck() => _log.Running is { Count: > 0 } running && running.All(a => a.IsWaiting(_clock.GetUtcNow()));
}
