using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace ProDev.Jobs;

/// <summary>Counts what became of occurrences.</summary>
internal static class MeasuredOccurrences
{
    public static void Count(JobSchedule schedule, string outcome, int count, ILogger logger)
    {
        if (!JobTelemetry.Occurrences.Enabled)
            return;
        try
        {
            TagList tags = default;
            tags.Add(JobTelemetry.ScheduleTag, schedule.Name);
            tags.Add(JobTelemetry.JobTag, schedule.Job.Name);
            tags.Add(JobTelemetry.OccurrenceOutcomeTag, outcome);
            JobTelemetry.Occurrences.Add(count, tags);
        }
        catch (Exception e)
        {
            logger.MeasurementFailed(e);
        }
    }
}
