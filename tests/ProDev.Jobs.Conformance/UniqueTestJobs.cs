using System.Text;

namespace ProDev.Jobs.Conformance;

/// <summary>Builds unique jobs whose arguments are one text, and reads it back.</summary>
public static class UniqueTestJobs
{
    public static JobEnvelope New(
        string key = "k", string content = "1", JobConflict conflict = JobConflict.Skip, JobUniqueStates states = JobUniqueStates.Unfinished,
        TimeSpan? period = null, TimeSpan delay = default)
        => TestJobs.New(delay: delay, payload: Encoding.UTF8.GetBytes($"\"{content}\"")) with
        {
            Unique = new JobUniqueKey { Key = key, OnConflict = conflict, States = states, Period = period },
        };

    public static string ContentOf(LeasedJob job) => Encoding.UTF8.GetString(job.Envelope.Payload.Span).Trim('"');

    public static async Task<EnqueuedJob> OfferAsync(this IJobStore store, JobEnvelope job) => (await store.EnqueueAsync([job], default))[0];
}
