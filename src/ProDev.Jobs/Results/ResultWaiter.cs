using System.Text.Json;

namespace ProDev.Jobs;

/// <summary>Waits for jobs to end, and reads what they returned.</summary>
internal sealed class ResultWaiter(CheckedJobStore store, JobsOptions options)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    public async Task<JobInfo> WaitAsync(Guid id, CancellationToken cancellationToken)
    {
        while (true)
        {
            JobInfo? ended = await LookOrWaitAsync(id, async () =>
            {
                JobInfo job = await store.FindAsync(id, cancellationToken).ConfigureAwait(false) ?? throw Unknown(id);
                return IsEnded(job) ? job : null;
            }, cancellationToken).ConfigureAwait(false);
            if (ended is not null)
                return ended;
        }
    }

    public async Task<TResult> ResultAsync<TResult>(Guid id, CancellationToken cancellationToken)
    {
        JobInfo job = await WaitAsync(id, cancellationToken).ConfigureAwait(false);
        return Read<TResult>(ResultOf(job).Span, $"job '{job.Name}' {job.Id}");
    }

    /// <summary>Looks; if there is nothing to see yet, waits until it is worth to look again at this job, or at any, and returns the default.</summary>
    public async Task<T?> LookOrWaitAsync<T>(Guid? id, Func<Task<T?>> look, CancellationToken cancellationToken)
    {
        // Start to wait, look, then await: what ends in between wakes us or is found.
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task wait = store.WaitForEndAsync(id, LongestWait, enough.Token);
        T? found = default;
        bool isAwaited = false;
        try
        {
            found = await look().ConfigureAwait(false);
            isAwaited = found is null;
        }
        finally
        {
            if (!isAwaited)
                await enough.CancelAsync().ConfigureAwait(false);
            await wait.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return found;
    }

    public async Task<JobInfo?> FindAsync(Guid id, CancellationToken cancellationToken)
        => await store.FindAsync(id, cancellationToken).ConfigureAwait(false);

    public TResult Read<TResult>(ReadOnlySpan<byte> json, string what)
    {
        try
        {
            return JsonSerializer.Deserialize(json, JobJson.TypeInfo<TResult>(options.SerializerOptions))!;
        }
        catch (Exception e) when (e is JsonException || (e is NotSupportedException && options.SerializerOptions.TryGetTypeInfo(typeof(TResult), out _)))
        {
            throw new InvalidOperationException($"The result of {what} does not fit '{typeof(TResult)}': {e.Message}", e);
        }
    }

    public static bool IsEnded(JobInfo job) => job.State is JobState.Succeeded or JobState.DeadLettered or JobState.Revoked;

    /// <summary>The result of a job that has ended.</summary>
    public static ReadOnlyMemory<byte> ResultOf(JobInfo job)
    {
        if (job.State != JobState.Succeeded)
            throw new JobFailedException(job);
        return job.Result ?? throw new InvalidOperationException(
            $"The job '{job.Name}' {job.Id} succeeded and left no result: it implements IJob<TArgs>, or was enqueued with IgnoreResult. " +
            "Implement IJob<TArgs, TResult>, or wait for its end with WaitAsync.");
    }

    private static InvalidOperationException Unknown(Guid id)
        => new($"There is no job {id} in the store. It never existed, was discarded, or was pruned after it had ended (JobsOptions.Retention).");
}
