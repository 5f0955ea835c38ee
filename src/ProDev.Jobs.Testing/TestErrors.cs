using System.Globalization;
using System.Text;

namespace ProDev.Jobs.Testing;

/// <summary>The errors that a test sees: what happened, which jobs, what to do.</summary>
internal static class TestErrors
{
    private const int MaxListed = 20;

    public static JobTestException DeadLetters(IReadOnlyList<JobInfo> jobs)
        => About(jobs, string.Create(CultureInfo.InvariantCulture, $"There are dead letters, {jobs.Count} in all:"));

    public static JobTestException SpanPassed(TimeSpan span, IReadOnlyList<JobInfo> jobs)
        => About(jobs, $"Jobs are left although the clock has moved as far as one call may, JobTestOptions.MaxSpan, '{span}'. " +
            "Raise it, or use RunForAsync for jobs that never come to an end:");

    public static JobTestException TooManyRuns(int runs, IReadOnlyList<JobInfo> jobs)
        => About(jobs, string.Create(CultureInfo.InvariantCulture,
            $"Jobs are left although as many attempts were started as one call may, JobTestOptions.MaxRuns, '{runs}'. ") +
            "Find out which job enqueues itself again without a delay, or raise it:");

    public static JobTestException Hangs(TimeSpan limit, IReadOnlyList<JobInfo> jobs)
        => About(jobs, $"Nothing has happened for '{limit}' of real time, JobTestOptions.HangTimeout, and the jobs below are not done. A job that runs may wait " +
            "for a timeout of the virtual clock, which passes only by Advance, for a PeriodicTimer, for another clock, or for the test itself:");

    public static JobTestException Unserved(IReadOnlyList<JobInfo> jobs, IReadOnlyList<string> queues)
        => About(jobs, $"Jobs are ready in queues that are not served. Served are: {string.Join(", ", queues.Select(static q => $"'{q}'"))}. " +
            "Add the queue to JobTestOptions.Queues:");

    private static JobTestException About(IReadOnlyList<JobInfo> jobs, string what)
    {
        var text = new StringBuilder(what);
        foreach (JobInfo job in jobs.Take(MaxListed))
            text.AppendLine().Append("- ").Append(Describe(job));
        if (jobs.Count > MaxListed)
            text.AppendLine().Append(CultureInfo.InvariantCulture, $"- and {jobs.Count - MaxListed} more");
        return new JobTestException(text.ToString()) { Jobs = jobs };
    }

    private static string Describe(JobInfo job)
    {
        string state = job.State switch
        {
            JobState.Scheduled => $"scheduled for {job.RunAt:O}",
            JobState.Queued => $"queued in '{job.Queue}'",
            JobState.Running => $"running since {job.StartedAt:O}",
            _ => $"given up, {job.DeadLetterReason}",
        };
        string error = job.Error is null ? "" : $": {job.Error}";
        return string.Create(CultureInfo.InvariantCulture, $"'{job.Name}' {job.Id}, attempt {job.Attempt} of {job.MaxAttempts}, {state}{error}");
    }
}
