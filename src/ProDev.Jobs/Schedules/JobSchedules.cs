using Microsoft.Extensions.Options;

namespace ProDev.Jobs;

internal sealed class JobSchedules(CheckedJobStore store, JobRegistry registry, TimeProvider time, IOptions<JobsOptions> options) : IJobSchedules
{
    private readonly ScheduleEditor _editor = new(store);
    private readonly EnvelopeFactory _envelopes = new(options.Value, time);

    public async Task PutAsync(Action<JobSchedulesBuilder> configure, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var builder = new JobSchedulesBuilder();
        configure(builder);

        // All of them are made before the first is put, so that one that is wrong keeps out all.
        List<(JobSchedule Schedule, DateTimeOffset? Anchor)> wanted =
            [.. builder.Declarations.Select(d => (d.ToSchedule(registry, _envelopes), d.Anchor))];
        foreach ((JobSchedule schedule, DateTimeOffset? anchor) in wanted)
        {
            await _editor.ChangeAsync(
                schedule.Name, (stored, now) => ScheduleEditor.WithTimes(schedule, anchor, stored, now), cancellationToken).ConfigureAwait(false);
        }
    }

    public Task<bool> RetimeAsync(string name, string cron, string? timeZone = null, CancellationToken cancellationToken = default)
    {
        ScheduleRules.CheckName(name);
        ArgumentNullException.ThrowIfNull(cron);
        string zone = timeZone ?? JobConstants.UtcTimeZone;
        var timing = CronTiming.Parse(name, cron, zone);
        ScheduleRules.CheckOccurs(name, cron, timing);
        return EditAsync(name, (s, now) => s with { Cron = cron, TimeZone = zone, Interval = null, NextAt = timing.Next(now) }, cancellationToken);
    }

    public async Task<bool> RemoveAsync(string name, CancellationToken cancellationToken = default)
    {
        ScheduleRules.CheckName(name);
        return await store.RemoveScheduleAsync(name, cancellationToken).ConfigureAwait(false);
    }

    public async Task<ScheduleInfo?> FindAsync(string name, CancellationToken cancellationToken = default)
    {
        ScheduleRules.CheckName(name);
        return await store.FindScheduleAsync(name, cancellationToken).ConfigureAwait(false) is { } schedule ? ScheduleInfo.From(schedule) : null;
    }

    public async Task<IReadOnlyList<ScheduleInfo>> ListAsync(CancellationToken cancellationToken = default)
        => [.. (await store.ListSchedulesAsync(cancellationToken).ConfigureAwait(false)).Select(ScheduleInfo.From)];

    public Task<bool> PauseAsync(string name, CancellationToken cancellationToken = default)
    {
        ScheduleRules.CheckName(name);
        return EditAsync(name, static (s, _) => s.IsPaused ? s : s with { IsPaused = true }, cancellationToken);
    }

    public Task<bool> ResumeAsync(string name, CancellationToken cancellationToken = default)
    {
        ScheduleRules.CheckName(name);
        return EditAsync(
            name, static (s, now) => s.IsPaused ? s with { IsPaused = false, NextAt = ScheduleTiming.Of(s).Next(now) } : s, cancellationToken);
    }

    public async Task<JobHandle?> TriggerNowAsync(string name, CancellationToken cancellationToken = default)
    {
        ScheduleRules.CheckName(name);
        if (await store.FindScheduleAsync(name, cancellationToken).ConfigureAwait(false) is not { } schedule)
            return null;

        var send = MeasuredSend.Start(schedule.Job.Name, time);
        JobEnvelope[] jobs = [];
        try
        {
            jobs = [Occurrence.CreateJob(schedule, Guid.CreateVersion7(time.GetUtcNow()), at: null)];
            EnqueuedJob job = (await store.EnqueueAsync(jobs, cancellationToken).ConfigureAwait(false))[0];
            send.Ended(jobs, 1, isBatch: false, error: null);
            return new JobHandle(job.Id, job.AlreadyExisted) { Outcome = job.Outcome };
        }
        catch (Exception e)
        {
            send.Ended(jobs, 1, isBatch: false, e);
            throw;
        }
    }

    private async Task<bool> EditAsync(string name, Func<JobSchedule, DateTimeOffset, JobSchedule> edit, CancellationToken cancellationToken)
        => (await _editor.ChangeAsync(name, (stored, now) => stored is null ? null : edit(stored, now), cancellationToken).ConfigureAwait(false)).IsThere;
}
