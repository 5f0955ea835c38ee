using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace ProDev.Jobs;

/// <summary>
/// Writes outcomes to the store in batches that clock themselves: while one batch is written, the next one gathers. An outcome that the store
/// does not take is tried again until it does, the lease is lost, or the worker must end.
/// </summary>
internal sealed class OutcomeWriter(
    CheckedJobStore store, HeldJobs held, Action<JobOutcome, bool>? settled, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(250);

    /// <summary>How often an outcome is tried that the store does not refuse for its own sake, before what should have followed is given up: 5 s.</summary>
    private const int MaxTriesOfOne = 20;

    private readonly Converter<JobOutcome, JobCompletion> _toCompletion = ToCompletion(store.Abilities.HasFlag(JobStoreAbilities.Results));
    private readonly List<Task> _alone = [];
    private readonly Channel<JobOutcome> _outcomes = Channel.CreateUnbounded<JobOutcome>(new() { SingleReader = true });

    public void Add(JobOutcome outcome)
    {
        held.Settle(outcome.Job);
        _outcomes.Writer.TryWrite(outcome);
    }

    public void Complete() => _outcomes.Writer.TryComplete();

    /// <summary>Runs until <see cref="Complete"/> was called and everything is written.</summary>
    /// <param name="giveUp">Fires when a store that does not answer must no longer hold up the end.</param>
    public async Task RunAsync(CancellationToken giveUp)
    {
        var batch = new List<JobOutcome>();
        while (await _outcomes.Reader.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false))
        {
            batch.Clear();
            while (_outcomes.Reader.TryRead(out JobOutcome outcome))
                batch.Add(outcome);
            await WriteAsync(batch, giveUp).ConfigureAwait(false);
        }

        await Task.WhenAll(Alone()).ConfigureAwait(false);
    }

    /// <summary>One call for each kind; mostly there is only one.</summary>
    private Task WriteAsync(List<JobOutcome> batch, CancellationToken giveUp)
    {
        JobOutcomeKind first = batch[0].Kind;
        return batch.TrueForAll(o => o.Kind == first)
            ? WriteAsync(batch, first, giveUp)
            : Task.WhenAll(batch.GroupBy(static o => o.Kind).Select(g => WriteAsync([.. g], g.Key, giveUp)));
    }

    private async Task WriteAsync(List<JobOutcome> mine, JobOutcomeKind kind, CancellationToken giveUp, bool isAlone = false)
    {
        bool first = true;
        for (int tries = 1; mine.Count > 0; tries++)
        {
            try
            {
                // No token: the outcome of an interrupted write would be unknown, and these are the last words about each job.
                IReadOnlyList<bool> answers = await SendAsync(mine, kind).ConfigureAwait(false);
                Forget(mine, answers);
                return;
            }
            catch (Exception e)
            {
                logger.StoreFailed(What(kind), e);

                // A store that is away says so by a JobStoreException. Anything else may be the fault of one of them, which must not hold up the others.
                if (e is not JobStoreException && !isAlone)
                {
                    WriteAlone(mine, kind, giveUp);
                    return;
                }

                if (e is not JobStoreException && tries >= MaxTriesOfOne && mine[0].HasFollowUp)
                {
                    logger.FollowUpFailed(mine[0].Job.Job.Envelope.Name, mine[0].Job.Lease.JobId, e);
                    (mine, kind) = ([mine[0].WithoutFollowUp(e)], JobOutcomeKind.DeadLetter);
                }

                if (giveUp.IsCancellationRequested && !first)
                {
                    Forget(mine, answers: null);
                    return;
                }
            }

            first = false;
            await Task.Delay(RetryDelay, time, giveUp).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Forget(mine.FindAll(o => o.Job.Lost), answers: null);
            mine.RemoveAll(o => o.Job.Lost);
        }
    }

    /// <summary>Writes each of them for itself, beside the batches that follow.</summary>
    private void WriteAlone(List<JobOutcome> outcomes, JobOutcomeKind kind, CancellationToken giveUp)
    {
        List<Task> writes = outcomes.ConvertAll(o => WriteAsync([o], kind, giveUp, isAlone: true));
        lock (_alone)
        {
            _alone.RemoveAll(static t => t.IsCompleted);
            _alone.AddRange(writes);
        }
    }

    private Task[] Alone()
    {
        lock (_alone)
            return [.. _alone];
    }

    private static Converter<JobOutcome, JobCompletion> ToCompletion(bool keepsResults) => o => o.ToCompletion(keepsResults);

    private static string What(JobOutcomeKind kind) => kind switch
    {
        JobOutcomeKind.Complete => "complete jobs",
        JobOutcomeKind.Retry => "schedule retries",
        JobOutcomeKind.DeadLetter => "write dead letters",
        JobOutcomeKind.Revoke => "end revoked jobs",
        _ => "return jobs",
    };

    private ValueTask<IReadOnlyList<bool>> SendAsync(List<JobOutcome> outcomes, JobOutcomeKind kind) => kind switch
    {
        JobOutcomeKind.Complete or JobOutcomeKind.Revoke => store.CompleteAsync(outcomes.ConvertAll(_toCompletion), CancellationToken.None),
        JobOutcomeKind.Retry => store.RetryAsync(outcomes.ConvertAll(static o => o.ToRetry()), CancellationToken.None),
        JobOutcomeKind.DeadLetter => store.DeadLetterAsync(outcomes.ConvertAll(static o => o.ToDeath()), CancellationToken.None),
        _ => store.ReturnAsync(outcomes.ConvertAll(static o => o.Job.Lease), CancellationToken.None),
    };

    private void Forget(List<JobOutcome> outcomes, IReadOnlyList<bool>? answers)
    {
        for (int i = 0; i < outcomes.Count; i++)
        {
            HeldJob job = outcomes[i].Job;
            if (answers is not null && !answers[i] && !job.Lost)
                logger.OutcomeRefused(job.Job.Envelope.Name, job.Lease.JobId, job.Job.Attempt);
            if (answers is not null)
                MeasuredRun.Settled(outcomes[i], answers[i], logger);
            held.Remove(job);
            if (answers is not null)
                settled?.Invoke(outcomes[i], answers[i]);
        }
    }
}
