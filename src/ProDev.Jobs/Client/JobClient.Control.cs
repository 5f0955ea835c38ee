namespace ProDev.Jobs;

/// <summary>Waiting for jobs, and telling them what to do.</summary>
internal sealed partial class JobClient
{
    private readonly ResultWaiter _waiter = new(store, options.Value);

    public Task<JobInfo> WaitAsync(Guid id, CancellationToken cancellationToken = default) => _waiter.WaitAsync(id, cancellationToken);

    public Task<TResult> ResultAsync<TResult>(Guid id, CancellationToken cancellationToken = default)
        => _waiter.ResultAsync<TResult>(id, cancellationToken);

    public async Task<JobRevocation> RevokeAsync(Guid id, CancellationToken cancellationToken = default)
        => (await store.RevokeAsync([id], cancellationToken).ConfigureAwait(false))[0];

    public async Task<bool> PauseAsync(string queue, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(queue);
        return await store.PauseAsync(queue, cancellationToken).ConfigureAwait(false);
    }

    public async Task<bool> ResumeAsync(string queue, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(queue);
        return await store.ResumeAsync(queue, cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<string>> ListPausedAsync(CancellationToken cancellationToken = default)
        => await store.ListPausedAsync(cancellationToken).ConfigureAwait(false);

    public Task<int> ReplayAllAsync(DeadLetterQuery? query = null, CancellationToken cancellationToken = default)
        => EachPageAsync(query ?? new DeadLetterQuery(), store.ReplayAsync, cancellationToken);

    public Task<int> DiscardAllAsync(DeadLetterQuery? query = null, CancellationToken cancellationToken = default)
        => EachPageAsync(query ?? new DeadLetterQuery(), store.DiscardAsync, cancellationToken);

    // By id, so that a job that dies again meanwhile is not met twice.
    private async Task<int> EachPageAsync(
        DeadLetterQuery query, Func<IReadOnlyList<Guid>, CancellationToken, ValueTask<IReadOnlyList<bool>>> change, CancellationToken cancellationToken)
    {
        int changed = 0;
        Guid? after = query.After;
        while (true)
        {
            var page = new DeadLetterQuery { Name = query.Name, Reason = query.Reason, After = after, Take = query.Take };
            IReadOnlyList<JobInfo> jobs = await store.ListDeadLettersAsync(page, cancellationToken).ConfigureAwait(false);
            if (jobs.Count > 0)
            {
                IReadOnlyList<bool> answers = await change([.. jobs.Select(static j => j.Id)], cancellationToken).ConfigureAwait(false);
                changed += answers.Count(static a => a);
            }

            if (jobs.Count < query.Take)
                return changed;
            after = jobs[^1].Id;
        }
    }
}
