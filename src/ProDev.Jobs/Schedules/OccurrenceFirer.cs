using Microsoft.Extensions.Logging;

namespace ProDev.Jobs;

/// <summary>Fires one schedule that is due.</summary>
internal sealed class OccurrenceFirer(CheckedJobStore store, TimeProvider time, ILogger logger)
{
    /// <summary>Returns <see langword="false"/> when the schedule cannot be read here. What the store throws comes through.</summary>
    public async ValueTask<bool> TryFireAsync(JobSchedule schedule, DateTimeOffset now, CancellationToken cancellationToken)
    {
        SchedulePlan plan;
        try
        {
            plan = SchedulePlan.Make(schedule, now);
        }
        catch (ArgumentException e)
        {
            logger.ScheduleUnreadable(schedule.Name, e);
            return false;
        }

        ScheduleFired answer = plan.Fired.Count > 0
            ? await EnqueueAsync(schedule, plan, cancellationToken).ConfigureAwait(false)
            : await store.FireScheduleAsync(new ScheduleFiring { Schedule = schedule, Jobs = [], NextAt = plan.NextAt }, cancellationToken)
                .ConfigureAwait(false);
        Tell(schedule, plan, answer);
        return true;
    }

    private async ValueTask<ScheduleFired> EnqueueAsync(JobSchedule schedule, SchedulePlan plan, CancellationToken cancellationToken)
    {
        var send = MeasuredSend.Start(schedule.Job.Name, time);
        JobEnvelope[] jobs = [];
        try
        {
            jobs = [.. plan.Fired.Select(at => Occurrence.CreateJob(schedule, Occurrence.IdOf(schedule.Name, at), at))];
            ScheduleFired answer = await store.FireScheduleAsync(
                new ScheduleFiring { Schedule = schedule, Jobs = jobs, LastAt = plan.Fired[^1], NextAt = plan.NextAt }, cancellationToken)
                .ConfigureAwait(false);
            send.Ended(answer == ScheduleFired.Enqueued ? jobs : [], answer == ScheduleFired.Enqueued ? jobs.Length : 0, jobs.Length > 1, error: null);
            return answer;
        }
        catch (Exception e)
        {
            send.Ended(jobs, jobs.Length, jobs.Length > 1, e);
            throw;
        }
    }

    private void Tell(JobSchedule schedule, SchedulePlan plan, ScheduleFired answer)
    {
        if (answer == ScheduleFired.Refused)
        {
            logger.OccurrenceRefused(schedule.Name, schedule.NextAt!.Value);
            return;
        }

        if (plan.Missed is { } missed)
        {
            logger.OccurrencesMissed(schedule.Name, missed, schedule.CatchUp);
            MeasuredOccurrences.Count(schedule, "missed", 1, logger);
        }

        if (answer == ScheduleFired.Skipped)
        {
            logger.OccurrenceSkipped(schedule.Name, plan.Fired[^1], schedule.LastJobId);
            MeasuredOccurrences.Count(schedule, "skipped", plan.Fired.Count, logger);
        }
        else if (plan.Fired.Count > 0)
        {
            logger.OccurrenceFired(schedule.Name, plan.Fired[^1], plan.Fired.Count);
            MeasuredOccurrences.Count(schedule, "enqueued", plan.Fired.Count, logger);
        }
    }
}
