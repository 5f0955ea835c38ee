using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ProDev.Jobs;

/// <summary>
/// Brings what the program declares into the store, at host start. A declaration is applied when it is new or has changed since it was last applied;
/// so a schedule that was edited at run time stays edited.
/// </summary>
internal sealed class SchedulesStartup(
    IEnumerable<ScheduleDeclaration> declarations, CheckedJobStore store, JobRegistry registry, TimeProvider time, IOptions<JobsOptions> options,
    ILogger logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var editor = new ScheduleEditor(store);
        var envelopes = new EnvelopeFactory(options.Value, time);
        var declared = new HashSet<string>(StringComparer.Ordinal);
        foreach (ScheduleDeclaration declaration in declarations)
        {
            if (!declared.Add(declaration.Name))
            {
                throw new InvalidOperationException(
                    $"Two schedules with the name '{declaration.Name}' are declared. Give one of them another name.");
            }

            JobSchedule schedule = declaration.ToSchedule(registry, envelopes);
            schedule = schedule with { Declaration = declaration.Hash(schedule) };
            (_, bool changed) = await editor.ChangeAsync(
                declaration.Name,
                (stored, now) => stored?.Declaration == schedule.Declaration ? stored : ScheduleEditor.WithTimes(schedule, declaration.Anchor, stored, now),
                cancellationToken).ConfigureAwait(false);
            if (changed)
                logger.ScheduleDeclared(declaration.Name);
        }

        foreach (JobSchedule schedule in await store.ListSchedulesAsync(cancellationToken).ConfigureAwait(false))
        {
            if (schedule.Declaration is not null && !declared.Contains(schedule.Name))
                logger.ScheduleNotDeclared(schedule.Name);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
