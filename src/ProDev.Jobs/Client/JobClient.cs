using Microsoft.Extensions.Options;

namespace ProDev.Jobs;

internal sealed partial class JobClient(CheckedJobStore store, JobRegistry registry, TimeProvider time, IOptions<JobsOptions> options) : IJobClient
{
    private readonly EnvelopeFactory _envelopes = new(options.Value, time);

    public Task<JobHandle> EnqueueAsync<TArgs>(
        TArgs args, Action<EnqueueOptions>? configure = null, CancellationToken cancellationToken = default)
        where TArgs : notnull
    {
        ArgumentNullException.ThrowIfNull(args);
        return EnqueueOneAsync(registry.ForArguments(typeof(TArgs)), args, configure, cancellationToken);
    }

    public Task<JobHandle> EnqueueAsync<TJob, TArgs>(
        TArgs args, Action<EnqueueOptions>? configure = null, CancellationToken cancellationToken = default)
        where TJob : class, IJob<TArgs>
        where TArgs : notnull
    {
        ArgumentNullException.ThrowIfNull(args);
        return EnqueueOneAsync(registry.ForJob(typeof(TJob), typeof(TArgs)), args, configure, cancellationToken);
    }

    public async Task<IReadOnlyList<JobHandle>> EnqueueManyAsync<TArgs>(
        IEnumerable<TArgs> args, Action<TArgs, EnqueueOptions>? configure = null, CancellationToken cancellationToken = default)
        where TArgs : notnull
    {
        ArgumentNullException.ThrowIfNull(args);
        JobBinding binding = registry.ForArguments(typeof(TArgs));

        TArgs[] all = [.. args];
        if (all.Length == 0)
            return [];

        var send = MeasuredSend.Start(binding.Definition.Name, time);
        var envelopes = new List<JobEnvelope>(all.Length);
        try
        {
            foreach (TArgs one in all)
            {
                if (one is null)
                    throw new ArgumentException($"Element {envelopes.Count} is null. Every job needs arguments.", nameof(args));
                var enqueueOptions = new EnqueueOptions();
                configure?.Invoke(one, enqueueOptions);
                envelopes.Add(_envelopes.Create(binding, one, enqueueOptions));
            }

            IReadOnlyList<EnqueuedJob> enqueued = await Send(envelopes, cancellationToken).ConfigureAwait(false);
            send.Ended(envelopes, all.Length, isBatch: true, error: null);
            return [.. enqueued.Select(HandleOf)];
        }
        catch (Exception e)
        {
            send.Ended(envelopes, all.Length, isBatch: true, e);
            throw;
        }
    }

    public async Task<JobHandle<TResult>> EnqueueAsync<TJob, TArgs, TResult>(
        TArgs args, Action<EnqueueOptions>? configure = null, CancellationToken cancellationToken = default)
        where TJob : class, IJob<TArgs, TResult>
        where TArgs : notnull
    {
        ArgumentNullException.ThrowIfNull(args);
        return new JobHandle<TResult>(
            await EnqueueOneAsync(registry.ForJob(typeof(TJob), typeof(TArgs)), args, configure, cancellationToken).ConfigureAwait(false));
    }

    public async Task<JobInfo?> FindAsync(Guid id, CancellationToken cancellationToken = default)
        => await store.FindAsync(id, cancellationToken).ConfigureAwait(false);

    public async Task<JobCounts> CountAsync(CancellationToken cancellationToken = default)
        => await store.CountAsync(cancellationToken).ConfigureAwait(false);

    public async Task<IReadOnlyList<JobInfo>> ListDeadLettersAsync(
        DeadLetterQuery? query = null, CancellationToken cancellationToken = default)
        => await store.ListDeadLettersAsync(query ?? new DeadLetterQuery(), cancellationToken).ConfigureAwait(false);

    public async Task<bool> ReplayAsync(Guid id, CancellationToken cancellationToken = default)
        => (await store.ReplayAsync([id], cancellationToken).ConfigureAwait(false))[0];

    public async Task<bool> DiscardAsync(Guid id, CancellationToken cancellationToken = default)
        => (await store.DiscardAsync([id], cancellationToken).ConfigureAwait(false))[0];

    private JobHandle HandleOf(EnqueuedJob job) => new(job.Id, job.AlreadyExisted) { Outcome = job.Outcome, Client = this };

    private async Task<JobHandle> EnqueueOneAsync<TArgs>(
        JobBinding binding, TArgs args, Action<EnqueueOptions>? configure, CancellationToken cancellationToken)
        where TArgs : notnull
    {
        var enqueueOptions = new EnqueueOptions();
        configure?.Invoke(enqueueOptions);
        var send = MeasuredSend.Start(binding.Definition.Name, time);
        JobEnvelope[] envelopes = [];
        try
        {
            envelopes = [_envelopes.Create(binding, args, enqueueOptions)];
            EnqueuedJob enqueued = (await Send(envelopes, cancellationToken).ConfigureAwait(false))[0];
            send.Ended(envelopes, 1, isBatch: false, error: null);
            return HandleOf(enqueued);
        }
        catch (Exception e)
        {
            send.Ended(envelopes, 1, isBatch: false, e);
            throw;
        }
    }
}
