using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace ProDev.Jobs;

/// <summary>
/// Writes outcomes to the store in batches that clock themselves: while one batch is written, the next one gathers. An outcome that the store
/// does not take is tried again until it does, the lease is lost, or the worker must end.
/// </summary>
internal sealed class OutcomeWriter(CheckedJobStore store, HeldJobs held, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(250);

    private readonly bool _keepsResults = store.Abilities.HasFlag(JobStoreAbilities.Results);
    private readonly Channel<JobOutcome> _outcomes = Channel.CreateUnbounded<JobOutcome>(new() { SingleReader = true });

    public void Add(JobOutcome outcome)
    {
        outcome.Job.Settling = true;
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
            await Task.WhenAll(
                WriteAsync(batch, JobOutcomeKind.Complete, "complete jobs", giveUp),
                WriteAsync(batch, JobOutcomeKind.Retry, "schedule retries", giveUp),
                WriteAsync(batch, JobOutcomeKind.DeadLetter, "write dead letters", giveUp),
                WriteAsync(batch, JobOutcomeKind.Revoke, "end revoked jobs", giveUp),
                WriteAsync(batch, JobOutcomeKind.Return, "return jobs", giveUp)).ConfigureAwait(false);
        }
    }

    private async Task WriteAsync(List<JobOutcome> batch, JobOutcomeKind kind, string what, CancellationToken giveUp)
    {
        List<JobOutcome> mine = [.. batch.Where(o => o.Kind == kind)];
        bool first = true;
        while (mine.Count > 0)
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
                logger.StoreFailed(what, e);
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

    private ValueTask<IReadOnlyList<bool>> SendAsync(List<JobOutcome> outcomes, JobOutcomeKind kind) => kind switch
    {
        JobOutcomeKind.Complete or JobOutcomeKind.Revoke => store.CompleteAsync(
            [.. outcomes.Select(o => o.ToCompletion(_keepsResults))], CancellationToken.None),
        JobOutcomeKind.Retry => store.RetryAsync(
            [.. outcomes.Select(o => new JobRetry(o.Job.Lease, o.Delay, o.Error))], CancellationToken.None),
        JobOutcomeKind.DeadLetter => store.DeadLetterAsync(
            [.. outcomes.Select(o => o.ToDeath())], CancellationToken.None),
        _ => store.ReturnAsync([.. outcomes.Select(o => o.Job.Lease)], CancellationToken.None),
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
        }
    }
}
